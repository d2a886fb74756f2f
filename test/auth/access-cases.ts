import type { Scope } from '../../src/auth/scopes';
import { encodeEntryId } from '../../src/ids/entry-id';
import type { Operation } from './ways';

/** An operation about an account, and the scopes of which each allows it. */
interface AccessCase {
  readonly name: string;
  readonly needed: readonly Scope[];
  readonly isMutation: boolean;
  readonly about: (accountId: string) => Operation;
}

export const row = { payer: 'P', points: 10, timestamp: '2020-01-01T00:00:00Z' };
export const add = `mutation ($input: AddTransactionInput!) {
  addTransaction(input: $input) { account { points } errors { code } }
}`;
export const addAll = `mutation ($input: AddTransactionsInput!) {
  addTransactions(input: $input) { results { errors { code } } }
}`;
export const watch =
  'subscription ($id: ID!) { accountChanged(accountId: $id) { entry { sequence } } }';

/** An id as an entry of the account would have it. */
export const entryOf = (accountId: string) => encodeEntryId({ accountId, sequence: 1, id: 'x' });

const spend: readonly Scope[] = ['points:spend', 'points:write'];
const write: readonly Scope[] = ['points:write'];

/** More points than there are: the case changes nothing. */
const many = 1_000_000;

/** Every root field that names an account; `accountChanged` has tests of its own. */
export const accessCases: readonly AccessCase[] = [
  query('account', 'query ($id: ID!) { account(id: $id) { id } }', (id) => id),
  query('balances', 'query ($id: ID!) { balances(accountId: $id) { points } }', (id) => id),
  query('entry', 'query ($id: ID!) { entry(id: $id) { id } }', entryOf),
  {
    name: 'previewSpend',
    needed: spend,
    isMutation: false,
    about: (accountId) => ({
      query:
        'query ($input: PreviewSpendInput!) { previewSpend(input: $input) { errors { code } } }',
      variables: { input: { accountId, points: 1 } },
    }),
  },
  mutation('spendPoints', spend, (accountId) => ({ accountId, points: many })),
  mutation('holdPoints', spend, (accountId) => ({
    accountId,
    points: many,
    expiresAt: '2100-01-01T00:00:00Z',
  })),
  mutation('captureHold', spend, (accountId) => ({ accountId, id: entryOf(accountId) })),
  mutation('releaseHold', spend, (accountId) => ({ accountId, id: entryOf(accountId) })),
  mutation('reverseSpend', write, (accountId) => ({ accountId, id: entryOf(accountId) })),
  mutation('reverseTransaction', write, (accountId) => ({ accountId, id: entryOf(accountId) })),
  mutation('addTransaction', write, (accountId) => ({ ...row, points: -many, accountId })),
  {
    name: 'addTransactions',
    needed: write,
    isMutation: true,
    about: (accountId) => ({
      query: addAll,
      variables: {
        input: {
          transactions: [
            { ...row, points: -many, accountId: 'shop:1' },
            { ...row, points: -many, accountId },
          ],
        },
      },
    }),
  },
];

function query(name: string, document: string, idOf: (accountId: string) => string): AccessCase {
  const about = (accountId: string) => ({
    query: document,
    variables: { id: idOf(accountId) },
  });
  return { name, needed: ['points:read'], isMutation: false, about };
}

function mutation(
  name: string,
  needed: readonly Scope[],
  inputOf: (accountId: string) => object,
): AccessCase {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input!`;
  const document = `mutation ($input: ${type}) { ${name}(input: $input) { errors { code } } }`;
  const about = (accountId: string) => ({
    query: document,
    variables: { input: inputOf(accountId) },
  });
  return { name, needed, isMutation: true, about };
}
