import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../client/watch';
import { Subscriber, socketClient } from '../http/streams/stream-client';
import { useFolder } from '../journal/sqlite/fixture';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import { ask, spendPoints, stateOf } from './ledger';
import { points } from './points';
import { pointsHere } from './points-here';

const fixture = join(__dirname, 'hidden-names');
const exported = readFileSync(join(fixture, 'export.ndjson'), 'utf8');
const folder = useFolder();

/** The names of the fixture's accounts and payers; `hidden-names/make.js` creates the entries. */
const accounts = ['member', 'mem\u200bber', '\u200b', '\u{e0001}'];
const payer = 'OAK\u200b';
const atZero = { payer, points: 0 };
const grant = { payer, points: 100, timestamp: '2020-11-01T14:00:00Z', idempotencyKey: 'grant-0' };

const addAll = `mutation ($rows: [AddTransactionInput!]!) {
  addTransactions(input: { transactions: $rows }) {
    results { replayed transaction { sequence } errors { code message path } }
  }
}`;

interface Result {
  readonly replayed: boolean;
  readonly transaction: { readonly sequence: number } | null;
  readonly errors: readonly { code: string; message: string; path: string[] }[];
}

async function add(endpoint: string, rows: readonly object[]): Promise<readonly Result[]> {
  type Data = { addTransactions: { results: readonly Result[] } };
  return (await ask<Data>(endpoint, addAll, { rows })).addTransactions.results;
}

/** A copy of the store that an older version made. */
function copy(): string {
  const path = join(folder(), 'ledger.db');
  copyFileSync(join(fixture, 'ledger.db'), path);
  return path;
}

/** The entries of an export of any version, without their digests. */
function entriesOf(text: string): object[] {
  const lines = text.trimEnd().split('\n').slice(1, -1);
  return lines.map((line) => ({ ...JSON.parse(line), digest: null }));
}

async function withServer(path: string, use: (server: LedgerServer) => Promise<void>) {
  const server = await startLedger({ kind: 'file', path });
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

test('a store with hidden names is verified and exported as before', async () => {
  const database = `file:${copy()}`;
  const verified = await pointsHere(['verify', '--database', database]);
  expect(verified).toMatchObject({ code: 0, errors: '' });
  const { code, out } = await pointsHere(['export', '--database', database]);
  expect({ code, entries: entriesOf(out) }).toEqual({ code: 0, entries: entriesOf(exported) });
});

test('an export with hidden names is restored, and is the same store again', async () => {
  const database = `file:${join(folder(), 'restored.db')}`;
  const restored = await points([
    'restore',
    join(fixture, 'export.ndjson'),
    '--database',
    database,
  ]);
  expect(restored).toMatchObject({ code: 0, errors: '' });
  const { out } = await pointsHere(['export', '--database', `file:${copy()}`]);
  expect((await pointsHere(['export', '--database', database])).out).toBe(out);
  expect(await pointsHere(['verify', '--database', database])).toMatchObject({
    code: 0,
    errors: '',
  });
});

test.each([
  ['without a problem', accounts[0]],
  ['with a zero-width space', accounts[1]],
  ['that displays nothing', accounts[2]],
  ['of a language tag', accounts[3]],
])(
  'an account of a name %s is debited, spent from, granted to and replayed',
  async (_shown, accountId) => {
    const path = copy();
    await withServer(path, async ({ endpoint }) => {
      expect((await stateOf(endpoint, accountId))?.balances[0]).toEqual(atZero);
      const timestamp = '2020-12-01T00:00:00Z';
      const rows = [
        { ...grant, accountId },
        { accountId, payer, points: 5, timestamp },
        { accountId, payer, points: -3, timestamp },
        { accountId, payer: '\u3164', points: -100, timestamp },
        { accountId, payer: 'ELM', points: 1, timestamp },
      ];
      const results = await add(endpoint, rows);
      expect(results.map(({ errors }) => errors)).toEqual(rows.map(() => []));
      expect(results.map(({ replayed }) => replayed)).toEqual([true, false, false, false, false]);
      const replay = { accountId, points: 150, idempotencyKey: 'spend' };
      expect(await spendPoints(endpoint, replay)).toMatchObject({ replayed: true, errors: [] });
      expect(await spendPoints(endpoint, { accountId, points: 523 })).toMatchObject({ errors: [] });
      expect(await stateOf(endpoint, accountId)).toMatchObject({ points: 0 });
    });
    expect(await pointsHere(['verify', '--database', `file:${path}`])).toMatchObject({ code: 0 });
  },
);

test('an account of a hidden name is followed from its first entry', async () => {
  await withServer(copy(), async ({ endpoint }) => {
    const client = socketClient(endpoint);
    const query = `subscription ($accountId: ID!) {
      accountChanged(accountId: $accountId, after: 0) { entry { sequence } account { points } }
    }`;
    const subscriber = new Subscriber(client, query, { accountId: accounts[1] });
    await until(() => subscriber.results.length === 10);
    await add(endpoint, [{ ...grant, accountId: accounts[1], idempotencyKey: null }]);
    await until(() => subscriber.results.length === 11);
    expect(subscriber.sequences).toEqual(Array.from({ length: 11 }, (_unused, at) => at + 1));
    subscriber.leave();
    await client.dispose();
  });
});

test('a new hidden name beside them is refused at its row and field', async () => {
  await withServer(copy(), async ({ endpoint }) => {
    const { payer: _payer, idempotencyKey: _key, ...row } = grant;
    const results = await add(endpoint, [
      { ...row, accountId: accounts[1], payer: 'ELM\u200b' },
      { ...row, accountId: 'new\u200b', payer: 'ELM' },
    ]);
    expect(results.flatMap(({ errors }) => errors)).toEqual([
      {
        code: 'INVALID_PAYER',
        message: expect.stringMatching(/^payer has U\+200B at position 4 .* remove it\.$/),
        path: ['transactions', '0', 'payer'],
      },
      {
        code: 'INVALID_ACCOUNT',
        message: expect.stringMatching(/^accountId has U\+200B at position 4 .* remove it\.$/),
        path: ['transactions', '1', 'accountId'],
      },
    ]);
  });
});

test('an import adds to known hidden names, and refuses rows with new ones', async () => {
  await withServer(copy(), async ({ endpoint }) => {
    const file = join(folder(), 'rows.csv');
    const refusals = join(folder(), 'refused.csv');
    const day = '2020-12-01T00:00:00Z';
    writeFileSync(
      file,
      `accountId,payer,points,timestamp\nmember,${payer},7,${day}\nmember,ELM\u200b,7,${day}\n`,
    );
    const ran = await pointsHere(['import', file, '--url', endpoint, '--refusals', refusals]);
    expect(ran).toMatchObject({ code: 1 });
    expect((await stateOf(endpoint, 'member'))?.balances[0]).toEqual({ payer, points: 7 });
    expect(readFileSync(refusals, 'utf8')).toMatch(/INVALID_PAYER.*U\+200B at position 4/);
  });
});
