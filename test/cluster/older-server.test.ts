import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJournalDatabase, shapeComplaints } from '../chaos/journal-database';
import { type ServerProcess, spawnServer } from '../e2e/server-process';
import { balancesOf } from '../faults/checker';
import { type JournalContent, readJournalFile } from '../faults/journal-file';
import { LedgerClient } from '../faults/ledger-client';
import { builtServer } from '../support/built-server';
import { testIf } from '../support/needs';
import { commitOfFormat1, olderServer } from '../support/older-build';
import { usePostgres } from '../support/postgres-server';
import { temporaryFolder } from '../support/temporary-folder';
import { OlderClients } from './older-clients';

const commit = commitOfFormat1();
const withOlder = testIf(
  commit !== null,
  'older server tests: the git history does not reach entry format 1; fetch all of it',
);

const postgres = usePostgres();
const running: ServerProcess[] = [];

afterEach(async () => {
  for (const { process } of running) process.kill('SIGKILL');
  await Promise.all(running.splice(0).map(({ ended }) => ended));
});

function start(version: 'older' | 'newer', DATABASE_URL: string): ServerProcess {
  const main = version === 'older' ? olderServer(commit!) : builtServer();
  const server = spawnServer(main, { DATABASE_URL, LOG_LEVEL: 'info' });
  running.push(server);
  return server;
}

async function clientOf(server: ServerProcess): Promise<LedgerClient> {
  return new LedgerClient(await server.origin, 4);
}

const add = `mutation ($input: AddTransactionInput!) { addTransaction(input: $input) {
  transaction { sequence } replayed errors { code } } }`;
const addMany = `mutation ($input: AddTransactionsInput!) { addTransactions(input: $input) {
  results { transaction { sequence } errors { code } } } }`;
const spend = `mutation ($input: SpendPointsInput!) { spendPoints(input: $input) {
  spend { sequence } errors { code } } }`;
const read = 'query ($id: ID!) { account(id: $id) { points balances { payer points } } }';

function grantOf(accountId: string, idempotencyKey: string) {
  const timestamp = '2020-01-01T00:00:00Z';
  return { accountId, payer: 'DANNON', points: 10, timestamp, idempotencyKey };
}

const failed = { kind: 'responded', codes: ['INTERNAL_SERVER_ERROR'] };

function keysOf(journal: JournalContent) {
  return journal.get('m')!.map(({ idempotencyKey }) => idempotencyKey);
}

/** Expects the server to show the balances that follow from the journal, by the naive model. */
async function expectRight(client: LedgerClient, accountId: string, journal: JournalContent) {
  const { account } = await client.read<{ account: { balances: object } }>(read, { id: accountId });
  expect(account.balances).toEqual(balancesOf(accountId, journal));
}

withOlder(
  'beside a server of format 2, an older one writes nothing and loses nothing',
  async () => {
    const url = await postgres().createDatabase('beside');
    const oldServer = start('older', url);
    const older = await clientOf(oldServer);
    for (const accountId of ['old', 'both']) {
      await older.read(add, { input: grantOf(accountId, 'k1') });
      await older.read(spend, { input: { accountId, points: 4 } });
    }
    const newer = await clientOf(start('newer', url));
    const before = await readJournalDatabase(url);
    expect([...before.values()].flat()).toHaveLength(4);

    const writes: [string, object][] = [
      [add, grantOf('old', 'k2')],
      [add, grantOf('new', 'k2')],
      [spend, { accountId: 'both', points: 1 }],
      [addMany, { transactions: [grantOf('both', 'k3'), grantOf('new', 'k3')] }],
    ];
    for (const [document, input] of writes) {
      expect(await older.ask(document, { input })).toMatchObject(failed);
    }
    expect((await fetch(`${older.origin}/readyz`)).status).toBe(503);
    expect(await readJournalDatabase(url)).toEqual(before);
    for (const accountId of ['old', 'both']) await expectRight(older, accountId, before);

    // What the older server did not write is new to the newer one, which goes on.
    const added = { addTransaction: { transaction: { sequence: 3 }, replayed: false, errors: [] } };
    expect(await newer.read(add, { input: grantOf('both', 'k3') })).toEqual(added);
    const replayed = { transaction: { sequence: 1 }, replayed: true, errors: [] };
    expect(await newer.read(add, { input: grantOf('both', 'k1') })).toMatchObject({
      addTransaction: replayed,
    });
    expect(await older.ask(read, { id: 'both' })).toMatchObject(failed);
    expect(await older.ask(add, { input: grantOf('both', 'k4') })).toMatchObject(failed);
    expect(JSON.stringify(oldServer.faults)).toContain(
      'is written in format 2, and this program knows formats up to 1',
    );
    const after = await readJournalDatabase(url);
    await expectRight(older, 'old', after);
    for (const accountId of ['old', 'both']) await expectRight(newer, accountId, after);
    expect(shapeComplaints(after)).toEqual([]);
    expect(after.get('both')!.map(({ digest }) => digest !== null)).toEqual([false, false, true]);
    expect(after.get('old')).toEqual(before.get('old'));
    for (const client of [older, newer]) client.close();

    expect(await start('older', url).ended).toMatchObject({
      code: 1,
      errors: expect.stringMatching(
        /The database is of version \d, and this program knows versions/,
      ),
    });
  },
);

withOlder(
  'servers that are upgraded under load write each change once, or not at all',
  async () => {
    const url = await postgres().createDatabase('upgraded');
    const servers = [start('older', url), start('older', url)];
    const clients = new OlderClients(await Promise.all(servers.map(clientOf)));
    const sending = clients.run();
    await clients.until(({ accepted }) => accepted > 200);
    const newer = await clientOf(start('newer', url));
    await clients.until(({ failedInARow }) => failedInARow > 50);
    clients.stop();
    await sending;
    const journal = await readJournalDatabase(url);
    expect([...shapeComplaints(journal), ...clients.complaints(journal)]).toEqual([]);

    await clients.sendAgain(newer);
    const after = await readJournalDatabase(url);
    expect([...shapeComplaints(after), ...clients.complaints(after)]).toEqual([]);
    for (const accountId of after.keys()) await expectRight(newer, accountId, after);
    newer.close();
  },
);

withOlder(
  'on a file, one version serves at a time, and the older one refuses what is upgraded',
  async () => {
    const folder = temporaryFolder('older');
    const path = join(folder, 'ledger.db');
    const url = `file:${path}`;
    const oldServer = start('older', url);
    const older = await clientOf(oldServer);
    await older.read(add, { input: grantOf('m', 'k1') });
    const inUse = { code: 1, errors: expect.stringMatching(/Another server is using/) };
    expect(await start('newer', url).ended).toMatchObject(inUse);
    await older.read(add, { input: grantOf('m', 'k2') });
    older.close();
    oldServer.process.kill('SIGTERM');
    expect(await oldServer.ended).toMatchObject({ code: 0 });
    const before = readJournalFile(path);

    const newServer = start('newer', url);
    const newer = await clientOf(newServer);
    expect(await start('older', url).ended).toMatchObject(inUse);
    const { addTransaction } = await newer.read<{ addTransaction: object }>(add, {
      input: grantOf('m', 'k3'),
    });
    expect(addTransaction).toMatchObject({ transaction: { sequence: 3 } });
    newer.close();
    newServer.process.kill('SIGTERM');
    expect(await newServer.ended).toMatchObject({ code: 0 });
    const after = readJournalFile(path);
    expect(keysOf(after)).toEqual([...keysOf(before), 'k3']);

    const refused = await start('older', url).ended;
    expect(refused).toMatchObject({ code: 1, errors: expect.stringMatching(/version/) });
    expect(readJournalFile(path)).toEqual(after);
    const again = await clientOf(start('newer', url));
    await expectRight(again, 'm', after);
    again.close();
    rmSync(folder, { recursive: true });
  },
);
