import { setTimeout as pause } from 'node:timers/promises';
import { useClusterServers } from '../cluster/cluster-servers';
import { LedgerClient, type Reply } from '../faults/ledger-client';
import { citusBinaries, citusReason, useCitus } from '../support/citus-cluster';
import { describeIf } from '../support/needs';
import { distributedDatabases } from './distributed-databases';

const addMany = `mutation ($input: AddTransactionsInput!) { addTransactions(input: $input) {
  results { transaction { sequence } errors { code } } } }`;
const add = `mutation ($id: ID!, $key: String) { addTransaction(input: { accountId: $id,
  payer: "DANNON", points: 1, timestamp: "2020-11-02T14:00:00Z", idempotencyKey: $key }) {
  transaction { sequence } replayed errors { code } } }`;
const read = 'query ($id: ID!) { account(id: $id) { points } }';

const accountsPerWorker = 12;
const readyMsMax = 20_000;

interface Added {
  readonly addTransaction: { readonly transaction: { readonly sequence: number } };
}

const codesOf = (replies: readonly Reply<unknown>[]) => [
  ...new Set(
    replies.map((reply) => (reply.kind === 'responded' ? reply.codes.join() : reply.kind)),
  ),
];

describeIf(citusBinaries() !== null, citusReason)('on Citus,', () => {
  const citus = useCitus();
  const fresh = distributedDatabases(citus);
  const servers = useClusterServers();
  let origin = '';
  let client: LedgerClient;
  let database = '';
  let accounts: string[][] = [];

  beforeAll(async () => {
    const url = await fresh();
    database = new URL(url).pathname.slice(1);
    accounts = await citus().accountsByWorker(database, 'member', accountsPerWorker);
    origin = await servers.start(url).origin;
    client = new LedgerClient(origin, 64);
    const transactions = accounts.flat().map((accountId) => ({
      accountId,
      payer: 'DANNON',
      points: 100,
      timestamp: '2020-11-01T14:00:00Z',
    }));
    await client.read(addMany, { input: { transactions } });
  });
  afterAll(() => client?.close());

  const statusOf = async () => (await fetch(`${origin}/readyz`)).status;
  const untilReady = async () => {
    const until = performance.now() + readyMsMax;
    while ((await statusOf()) !== 200 && performance.now() < until) await pause(50);
  };
  const all = (query: string, ids: readonly string[]) =>
    Promise.all(ids.map((id) => client.ask(query, { id })));

  test('a worker that is down fails only its own accounts, at once, and the server stays ready', async () => {
    const [down, up] = accounts as [string[], string[]];
    await citus().workers[0]!.stop('kill');
    for (let round = 0; round < 3; round += 1) {
      const [adds, others] = await Promise.all([all(add, down), all(add, up)]);
      expect(codesOf(others)).toEqual(['']);
      // A connection that the kill cut may have carried the first round.
      if (round > 0) expect(codesOf(adds)).toEqual(['SERVICE_UNAVAILABLE']);
      const [reads, otherReads] = await Promise.all([all(read, down), all(read, up)]);
      expect(codesOf(otherReads)).toEqual(['']);
      expect(codesOf(reads)).toEqual(['SERVICE_UNAVAILABLE']);
      expect(await statusOf()).toBe(200);
    }
    // The trial write after a failed one is due within a second.
    await pause(1_500);
    expect(await statusOf()).toBe(200);
    await citus().workers[0]!.start();
    await untilReady();
    for (;;) {
      const replies = await all(add, down);
      if (codesOf(replies).join() === '') break;
      expect(codesOf(replies)).toEqual(expect.arrayContaining([expect.any(String)]));
      await pause(100);
    }
    expect(codesOf(await all(read, accounts.flat()))).toEqual(['']);
  });

  test('without any worker writes fail, and /readyz says so until one is back', async () => {
    for (const worker of citus().workers) await worker.stop('immediate');
    expect(codesOf(await all(add, accounts.flat())).every((code) => code !== '')).toBe(true);
    const until = performance.now() + readyMsMax;
    while ((await statusOf()) === 200 && performance.now() < until) {
      await all(add, accounts[0]!.slice(0, 1));
      await pause(100);
    }
    expect(await statusOf()).toBe(503);
    for (const worker of citus().workers) await worker.start();
    await untilReady();
    expect(await statusOf()).toBe(200);
    expect(codesOf(await all(add, accounts.flat()))).toEqual(['']);
  });

  test('after the coordinator was killed and is back, every change counts once', async () => {
    const ids = accounts.flat();
    const before = await client.read<Added>(add, { id: ids[0] });
    const sending = ids.map((id) => client.ask(add, { id, key: 'once' }));
    await citus().coordinator.stop('kill');
    await Promise.all(sending);
    await citus().coordinator.start();
    await citus().untilResolved(database);
    await untilReady();
    for (const id of ids) await client.read(add, { id, key: 'once' });
    const after = await client.read<Added>(add, { id: ids[0] });
    const sequence = ({ addTransaction }: Added) => addTransaction.transaction.sequence;
    expect(sequence(after)).toBe(sequence(before) + 2);
  });
});
