import { gql } from '@apollo/client';
import {
  AccountHistoryDocument,
  AddTransactionDocument,
  AddTransactionsDocument,
  BalancesDocument,
} from '../../src/operations/generated/operations';
import { dailyGrants } from '../graphql/ledger-api';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import { PlainClient, topLevelErrors } from './plain-client';

let server: LedgerServer;
let client: PlainClient;
beforeAll(async () => {
  server = await startLedger();
});
afterAll(() => server.stop());
beforeEach(() => {
  client = new PlainClient(server.endpoint);
});

const transaction = { payer: 'DANNON', points: 1, timestamp: '2020-11-02T14:00:00Z' };
const add = (input: object) =>
  client.mutate({
    mutation: AddTransactionDocument,
    variables: { input: { ...transaction, ...input } },
  });
const addAll = (transactions: object[]) =>
  client.mutate({
    mutation: AddTransactionsDocument,
    variables: { input: { transactions: transactions as (typeof transaction)[] } },
  });

/** One error with a code and words; nothing of the call is done. */
async function expectError(operation: Promise<unknown>, code: string, words: RegExp) {
  const errors = await topLevelErrors(operation);
  expect(errors.map(({ extensions }) => extensions)).toEqual([{ code }]);
  expect(errors[0].message).toMatch(words);
  const { data } = await client.query({ query: BalancesDocument });
  expect(data?.balances).toEqual([]);
}

describe('variables that are no values of their types refuse the call before anything is done', () => {
  test.each<[string, object, RegExp]>([
    ['points as text', { points: '5' }, /"input\.points".*without quotes/],
    ['a fraction of a point', { points: 1.5 }, /"input\.points".*1\.5 has a fraction/],
    ['more points than 2^53 - 1', { points: 2 ** 53 }, /9007199254740992 is outside/],
    ['a day that there is not', { timestamp: '2021-02-29T00:00:00Z' }, /no day 29/],
    ['a timestamp without offset', { timestamp: '2021-02-28T00:00:00' }, /"input\.timestamp"/],
    ['no payer', { payer: undefined }, /Field "payer" of required type "String!"/],
    ['a field of another API', { amount: 5 }, /Field "amount" is not defined/],
  ])('%s', async (_what, input, words) => {
    await expectError(add(input), 'BAD_USER_INPUT', words);
    expect(client.statuses).toEqual([400, 200]);
  });

  test('a bad row of a bulk, by its place', async () => {
    const rows = [...dailyGrants(17), { ...transaction, points: 0.5 }];
    await expectError(addAll(rows), 'BAD_USER_INPUT', /"input\.transactions\[17\]\.points"/);
  });

  test('a bad row of a bulk, by its index, after a long value', async () => {
    const rows = [...dailyGrants(17), { ...transaction, points: 'x'.repeat(2_000) }];
    const words = /^Variable "\$input".* cut\) .*at "input\.transactions\[17\]\.points"; Points is/;
    await expectError(addAll(rows), 'BAD_USER_INPUT', words);
  });
});

test('a bulk with many bad rows is bad input, and the error names the first row', async () => {
  const rows = dailyGrants(100).map((row) => ({ ...row, points: 0.5 }));
  const errors = await topLevelErrors(addAll(rows));
  expect(errors).toHaveLength(2);
  expect(errors[0].message).toContain('"input.transactions[0].points"');
  const codes = new Set(errors.map(({ extensions }) => extensions?.code));
  expect(codes).toEqual(new Set(['BAD_USER_INPUT']));
});

test('a bulk of more than 1,000 rows adds none of them', async () => {
  await expectError(addAll(dailyGrants(1001)), 'BAD_USER_INPUT', /1,?000/);
});

test.each<[string, object, RegExp]>([
  ['a page that is too long', { first: 101 }, /first must be 0 to 100, and is 101/],
  ['first and last together', { first: 1, last: 1 }, /Pass first or last, not both/],
  ['a cursor that was made up', { after: 'x' }, /after is not a cursor of history/],
])('%s is refused for an account that exists', async (_what, page, words) => {
  const accountId = 'paged';
  await add({ accountId });
  const variables = { id: accountId, ...page };
  const operation = client.query({ query: AccountHistoryDocument, variables });
  await expectError(operation, 'BAD_USER_INPUT', words);
});

test('a document that the schema does not know is refused whole', async () => {
  const query = gql`
    query Stale {
      balances {
        payer
        amount
      }
    }
  `;
  const words = /^Cannot query field "amount" on type "PayerBalance"\.$/;
  await expectError(client.query({ query }), 'GRAPHQL_VALIDATION_FAILED', words);
  expect(client.statuses).toEqual([400, 200]);
});

test('a bad literal in a document is an error of the document', async () => {
  const mutation = gql`
    mutation Literal {
      addTransaction(input: { payer: "A", points: 1.5, timestamp: "2020-11-02T14:00:00Z" }) {
        replayed
      }
    }
  `;
  const words = /1\.5 has a fraction/;
  await expectError(client.mutate({ mutation }), 'GRAPHQL_VALIDATION_FAILED', words);
});

test('an error at one field leaves the data of the others to a client that asks for both', async () => {
  await add({ accountId: 'both' });
  const { data, error } = await client.query<object>({
    query: gql`
      query Both {
        balances(accountId: "both") {
          points
        }
        account(id: "both") {
          id
          lots(first: -1) {
            nodes {
              remaining
            }
          }
        }
      }
    `,
    errorPolicy: 'all',
  });
  expect(data).toMatchObject({ balances: [{ points: 1 }], account: null });
  const errors = await topLevelErrors(Promise.reject(error));
  expect(errors).toMatchObject([{ path: ['account', 'lots'], message: expect.any(String) }]);
});
