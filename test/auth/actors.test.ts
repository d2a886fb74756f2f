import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { SqliteJournal } from '../../src/journal/sqlite/journal';
import type { Entry } from '../../src/ledger/entry';
import { points } from '../cli/points';
import { temporaryFolder } from '../support/temporary-folder';
import { type ProtectedServer, post, startProtected } from './protected-server';
import { codesOf, ways } from './ways';

let server: ProtectedServer;
let admin: string;
beforeAll(async () => {
  server = await startProtected();
  const scopes = ['points:read', 'points:write', 'points:admin'] as const;
  admin = await server.createKey('till "7" 🙂', { scopes });
});
afterAll(() => server.stop());

const row = { payer: 'P', points: 10, timestamp: '2020-01-01T00:00:00Z' };
const history = `query ($id: ID!) {
  account(id: $id) { history(first: 50) { nodes { sequence idempotencyKey actor } } }
}`;
interface Shown {
  readonly actor: string | null;
}
async function actorsOf(accountId: string): Promise<(string | null)[]> {
  const { body } = await post(server, admin, history, { id: accountId });
  const { account } = body.data as { account: { history: { nodes: Shown[] } } };
  return account.history.nodes.map(({ actor }) => actor).reverse();
}

test('every mutation records who made its entry, cold and compiled', async () => {
  for (let time = 0; time < 12; time += 1) {
    const accountId = `all:${time}`;
    const more = { accountId, idempotencyKey: `k ${time}` };
    const add = `mutation ($input: AddTransactionInput!) { addTransaction(input: $input) { transaction { id } } }`;
    const { body } = await post(server, admin, add, { input: { ...row, ...more } });
    const id = (body.data as { addTransaction: { transaction: { id: string } } }).addTransaction
      .transaction.id;
    await post(
      server,
      admin,
      'mutation ($input: AddTransactionsInput!) { addTransactions(input: $input) { results { replayed } } }',
      {
        input: {
          transactions: [
            { ...row, accountId },
            { ...row, accountId },
          ],
        },
      },
    );
    const spend =
      'mutation ($input: SpendPointsInput!) { spendPoints(input: $input) { spend { id } } }';
    const spent = await post(server, admin, spend, { input: { accountId, points: 5 } });
    const spendId = (spent.body.data as { spendPoints: { spend: { id: string } } }).spendPoints
      .spend.id;
    const hold = `mutation ($input: HoldPointsInput!) { holdPoints(input: $input) { hold { id } } }`;
    const held = async (points: number) => {
      const input = { accountId, points, expiresAt: '2100-01-01T00:00:00Z' };
      const { body } = await post(server, admin, hold, { input });
      return (body.data as { holdPoints: { hold: { id: string } } }).holdPoints.hold.id;
    };
    for (const [name, target, choice] of [
      ['captureHold', await held(2), {}],
      ['releaseHold', await held(3), {}],
      ['reverseSpend', spendId, {}],
      ['reverseTransaction', id, { spentPart: 'DEBIT' }],
    ] as const) {
      const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) { ${name}(input: $input) { errors { code } } }`;
      await post(server, admin, query, { input: { accountId, id: target, ...choice } });
    }
    const actors = await actorsOf(accountId);
    expect(actors).toHaveLength(10);
    expect(new Set(actors)).toEqual(new Set(['till "7" 🙂']));
  }
});

test('a retry after rotation replays, and the entry keeps who made it', async () => {
  const other = await server.createKey('till 8', { scopes: ['points:write', 'points:admin'] });
  const query = `mutation ($input: AddTransactionInput!) {
    addTransaction(input: $input) { replayed errors { code } transaction { actor } }
  }`;
  const input = { ...row, accountId: 'rotated', idempotencyKey: 'one' };
  const sent = async (key: string) => (await post(server, key, query, { input })).body.data;
  const first = { errors: [], transaction: { actor: 'till "7" 🙂' } };
  expect(await sent(admin)).toEqual({ addTransaction: { replayed: false, ...first } });
  expect(await sent(other)).toEqual({ addTransaction: { replayed: true, ...first } });
});

test.each(ways)('actors are shown to admins only, %s', async (_way, ask) => {
  const reader = await server.createKey(`reader ${crypto.randomUUID()}`, {
    scopes: ['points:read'],
  });
  await post(
    server,
    admin,
    'mutation { addTransaction(input: { accountId: "shown", payer: "P", points: 1, timestamp: "2020-01-01T00:00:00Z" }) { replayed } }',
  );
  const operation = { query: history, variables: { id: 'shown' } };
  const refused = await ask(server, reader, operation);
  expect(new Set(codesOf(refused))).toEqual(new Set(['FORBIDDEN']));
  expect(JSON.stringify(refused)).not.toContain('till');
  expect(codesOf(await ask(server, admin, operation))).toEqual([]);
});

test('an export has the actors, from the server and from the store, and restore keeps them', async () => {
  const folder = temporaryFolder('actors');
  const env = { POINTS_TOKEN: admin };
  const fromServer = await points(['export', '--url', server.endpoint], { env });
  const fromStore = await points(['export', '--database', `file:${server.path}`]);
  expect(fromServer).toMatchObject({ code: 0, out: fromStore.out });
  expect(fromStore.out).toContain('"actor":"till \\"7\\" 🙂"');
  const file = join(folder, 'ledger.ndjson');
  writeFileSync(file, fromStore.out);
  const database = `file:${join(folder, 'ledger.db')}`;
  expect(await points(['restore', file, '--database', database])).toMatchObject({ code: 0 });
  expect((await points(['verify', '--database', database])).code).toBe(0);
  expect((await points(['export', '--database', database])).out).toBe(fromStore.out);
  // The digest covers the actor.
  writeFileSync(file, fromStore.out.replace('till \\"7', 'till \\"9'));
  const forged = `file:${join(folder, 'forged.db')}`;
  expect((await points(['restore', file, '--database', forged])).code).not.toBe(0);
  const csv = await points([
    'export',
    '--database',
    database,
    '--format',
    'csv',
    '--account',
    'shown',
  ]);
  expect(csv.out).toMatch(/,actor\n[\s\S]*"till ""7"" 🙂"/);
});

test.each([
  ['in memory', async () => new MemoryJournal()],
  ['on SQLite', async () => SqliteJournal.open(join(temporaryFolder('actors'), 'ledger.db'))],
])('a journal keeps the actors of some entries of a batch, %s', async (_place, open) => {
  const journal = await open();
  const entry = (sequence: number, actor?: string): Entry => ({
    kind: 'transaction',
    id: `id ${sequence}`,
    accountId: 'a',
    sequence,
    payer: 'P',
    points: 1,
    timestamp: 1,
    recordedAt: 1,
    reference: null,
    idempotencyKey: null,
    digest: '0'.repeat(64),
    ...(actor === undefined ? {} : { actor }),
  });
  const entries = [entry(1), entry(2, 'clerk'), entry(3)];
  await journal.append([{ accountId: 'a', after: null, entries, isQuiet: false }]);
  const range = { accountId: 'a', from: 1, to: 9, order: 'ascending', limit: 9 } as const;
  expect(await journal.entries(range)).toEqual(entries);
  await journal.close();
});
