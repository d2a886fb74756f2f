import {
  AccountHistoryDocument,
  AccountLotsDocument,
  AccountsDocument,
  AddTransactionDocument,
  AddTransactionsDocument,
  SpendPointsDocument,
} from '../../src/operations/generated/operations';
import { dailyGrants } from '../graphql/ledger-api';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import { showMore, watchHistory } from './examples/show-more';
import { PlainClient } from './plain-client';
import { watch } from './watch';

let server: LedgerServer;
let client: PlainClient;
let id: string;
let tests = 0;
beforeAll(async () => {
  server = await startLedger();
});
afterAll(() => server.stop());

beforeEach(async () => {
  client = new PlainClient(server.endpoint);
  tests += 1;
  id = `member ${tests}`;
  const transactions = dailyGrants(45, id);
  await client.mutate({
    mutation: AddTransactionsDocument,
    variables: { input: { transactions } },
  });
});
afterEach(() => client.stop());

const sizes = [20, 40, 45];
const upwards = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

test('fetchMore grows a watched history page by page, the newest first, to its end', async () => {
  const { query, shows, stop } = await watch(watchHistory(client, id));
  for (const size of sizes) {
    const { account } = await shows(({ account }) => account!.history.edges.length === size);
    const sequences = account!.history.edges.map(({ node }) => node.sequence);
    expect(sequences).toEqual(upwards(46 - size, 45).reverse());
    expect(await showMore(query)).toBe(size < 45);
  }
  stop();
});

test('fetchMore continues after lots that were spent in the meantime, in the order of spending', async () => {
  const { query, shows, stop } = await watch(
    client.watchQuery({ query: AccountLotsDocument, variables: { id, first: 20 } }),
  );
  await client.mutate({
    mutation: SpendPointsDocument,
    variables: { input: { accountId: id, points: 10 * 20 + 4 } },
  });
  for (const size of sizes) {
    const { account } = await shows(({ account }) => account!.lots.edges.length === size);
    const { edges, pageInfo } = account!.lots;
    expect(edges.map(({ node }) => node.transaction.sequence)).toEqual(upwards(1, size));
    expect(edges[20]?.node.remaining).toBe(size === 20 ? undefined : 6);
    if (pageInfo.hasNextPage) await query.fetchMore({ variables: { after: pageInfo.endCursor } });
  }
  stop();
});

test('lots that are refetched from the start replace the earlier pages', async () => {
  const { query, shows, stop } = await watch(
    client.watchQuery({ query: AccountLotsDocument, variables: { id, first: 20 } }),
  );
  await client.mutate({
    mutation: SpendPointsDocument,
    variables: { input: { accountId: id, points: 10 * 20 + 4 } },
  });
  await query.refetch();
  const { account } = await shows(({ account }) => account!.lots.edges[0].node.remaining === 6);
  const sequences = account!.lots.edges.map(({ node }) => node.transaction.sequence);
  expect(sequences).toEqual(upwards(21, 40));
  stop();
});

test('pages go backwards from the end, and meet the beginning', async () => {
  const { query, shown, shows, stop } = await watch(
    client.watchQuery({ query: AccountHistoryDocument, variables: { id, last: 30 } }),
  );
  const { pageInfo } = shown().account!.history;
  expect(pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: false });
  await query.fetchMore({ variables: { last: 30, before: pageInfo.startCursor } });
  const { account } = await shows(({ account }) => account!.history.edges.length === 45);
  const { edges, pageInfo: whole } = account!.history;
  expect(edges.map(({ node }) => node.sequence)).toEqual(upwards(1, 45).reverse());
  expect(whole).toMatchObject({ hasPreviousPage: false, hasNextPage: false });
  stop();
});

test('the accounts go by in the order of their ids, each with its points', async () => {
  for (const accountId of ['beta', 'alpha', 'gamma']) {
    const input = { accountId, payer: 'A', points: 1, timestamp: '2020-01-01T00:00:00Z' };
    await client.mutate({ mutation: AddTransactionDocument, variables: { input } });
  }
  const { query, shown, shows, stop } = await watch(
    client.watchQuery({ query: AccountsDocument, variables: { first: 2 } }),
  );
  await query.fetchMore({ variables: { after: shown().accounts.pageInfo.endCursor } });
  const { accounts } = await shows(({ accounts }) => accounts.edges.length === 4);
  expect(accounts.edges.map(({ node }) => node)).toMatchObject([
    { id: 'alpha', points: 1 },
    { id: 'beta', points: 1 },
    { id: 'gamma', points: 1 },
    { id: 'member 1', points: 450 },
  ]);
  stop();
});

test('accounts found by the start of their ids are cached apart from all accounts', async () => {
  const ids = async (startsWith?: string) => {
    const { data } = await client.query({ query: AccountsDocument, variables: { startsWith } });
    return data!.accounts.edges.map(({ node }) => node.id);
  };
  const accountId = `found ${tests}`;
  const input = { accountId, payer: 'A', points: 1, timestamp: '2020-01-01T00:00:00Z' };
  await client.mutate({ mutation: AddTransactionDocument, variables: { input } });
  expect(await ids('found')).toEqual([accountId]);
  expect(await ids()).toEqual(expect.arrayContaining([accountId, id]));
  expect(await ids('found')).toEqual([accountId]);
  expect(await ids('Found')).toEqual([]);
});
