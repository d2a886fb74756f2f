import { parse, subscribe } from 'graphql';
import type { Principal } from '../../src/auth/principal';
import { scopes } from '../../src/auth/scopes';
import { limits } from '../../src/config';
import { ResponseBudget } from '../../src/graphql/response-budget';
import { accountCursor } from '../../src/ids/cursor';
import { encodeEntryId } from '../../src/ids/entry-id';
import { silentLogger } from '../../src/telemetry/logger';
import { add, LedgerApi, WatchedService } from './ledger-api';
import { rootFields } from './root-fields';

const principal: Principal = {
  name: 'app',
  scopes: new Set(scopes),
  binding: { kind: 'prefix', prefix: 'shop:' },
};
const id = 'other:1';
const row = add('P', 1, '2020-01-01T00:00:00Z', { accountId: id, idempotencyKey: 'k' });
const entryId = encodeEntryId({ accountId: id, sequence: 1, id: 'x' });

/** An operation of every root field, about an account outside the binding. */
const operations: Record<string, readonly [query: string, variables: Record<string, unknown>]> = {
  account: [
    'query ($id: ID!) { account(id: $id) { lots(after: "no cursor") { nodes { remaining } } } }',
    { id },
  ],
  balances: ['query ($id: ID!) { balances(accountId: $id) { points } }', { id }],
  accounts: [
    'query ($id: String!) { accounts(after: $id) { nodes { id } } }',
    { id: accountCursor(id) },
  ],
  entry: ['query ($id: ID!) { entry(id: $id) { id } }', { id: entryId }],
  previewSpend: [
    'query ($input: PreviewSpendInput!) { previewSpend(input: $input) { __typename } }',
    { input: { accountId: id, points: 1 } },
  ],
  addTransaction: [
    'mutation ($input: AddTransactionInput!) { addTransaction(input: $input) { replayed } }',
    { input: row },
  ],
  addTransactions: [
    'mutation ($input: AddTransactionsInput!) { addTransactions(input: $input) { results { replayed } } }',
    { input: { transactions: [{ ...row, accountId: 'shop:1' }, row] } },
  ],
  spendPoints: [
    'mutation ($input: SpendPointsInput!) { spendPoints(input: $input) { replayed } }',
    { input: { accountId: id, points: 1, idempotencyKey: 'k' } },
  ],
  reverseSpend: [
    'mutation ($input: ReverseSpendInput!) { reverseSpend(input: $input) { replayed } }',
    { input: { accountId: 'shop:1', id: entryId, idempotencyKey: 'k' } },
  ],
  reverseTransaction: [
    'mutation ($input: ReverseTransactionInput!) { reverseTransaction(input: $input) { replayed } }',
    { input: { accountId: 'shop:1', id: 'no id', idempotencyKey: 'k' } },
  ],
  holdPoints: [
    'mutation ($input: HoldPointsInput!) { holdPoints(input: $input) { replayed } }',
    { input: { accountId: id, points: 1, expiresAt: '2030-01-01T00:00:00Z', idempotencyKey: 'k' } },
  ],
  captureHold: [
    'mutation ($input: CaptureHoldInput!) { captureHold(input: $input) { replayed } }',
    { input: { accountId: 'shop:1', id: entryId, idempotencyKey: 'k' } },
  ],
  releaseHold: [
    'mutation ($input: ReleaseHoldInput!) { releaseHold(input: $input) { replayed } }',
    { input: { accountId: 'shop:1', id: 'no id', idempotencyKey: 'k' } },
  ],
  accountChanged: [
    'subscription ($id: ID!) { accountChanged(accountId: $id, after: -1) { __typename } }',
    { id },
  ],
};

/** Everybody may query who they are; nothing is read for it. */
const named = rootFields(new LedgerApi().schema).filter((field) => field !== 'principal');

test.each(named)(
  '%s is FORBIDDEN for an account outside the binding before anything is read',
  async (field) => {
    const [query, variables] = operations[field]!;
    const service = new WatchedService();
    const api = new LedgerApi(service, limits.responseRowsMax, principal);
    const { errors } =
      field === 'accountChanged'
        ? await begun(api, query, variables)
        : await api.send(query, variables);
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['FORBIDDEN']);
    expect(service.calls).toEqual([]);
  },
);

async function begun(
  { schema }: LedgerApi,
  query: string,
  variableValues: Record<string, unknown>,
) {
  const budget = new ResponseBudget(limits.responseRowsMax);
  const contextValue = { requestId: 'test', logger: silentLogger, budget, principal };
  const result = await subscribe({ schema, document: parse(query), variableValues, contextValue });
  if (!('errors' in result)) throw new Error('It began.');
  return result as Awaited<ReturnType<LedgerApi['send']>>;
}
