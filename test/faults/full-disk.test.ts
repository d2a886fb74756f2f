import { copyFileSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SqliteConnection } from '../../src/journal/sqlite/connection';
import { SqliteJournal } from '../../src/journal/sqlite/journal';
import type { Command } from '../../src/ledger/command';
import type { ServerProcess } from '../e2e/server-process';
import { add, spend } from '../ledger/commands';
import { replayJournal } from '../model/replay-journal';
import { run, serviceOn } from '../service/service-fixture';
import { complaintsOf } from './checker';
import { Evidence, type Result } from './evidence';
import { type JournalContent, readJournalFile } from './journal-file';
import { LedgerClient } from './ledger-client';
import { limitFileSize, testWithFileLimits, testWithOwnDisk, withDisk } from './machine';
import { type Intent, Witness } from './requests';
import { killServer, useServers } from './servers';

// Each test writes for many seconds, of which a busy machine may take many more.
jest.setTimeout(360_000);

const servers = useServers();
const longText = 'x'.repeat(200);
let references = 0;

async function witnessOf(server: ServerProcess, evidence: Evidence, life: number) {
  return new Witness(new LedgerClient(await server.origin, 16), evidence, life);
}

function intent(accountId: string, command: Command): Intent {
  references += 1;
  return { accountId, command: { ...command, reference: `${references} ${longText}` } };
}

const grants = (accountId: string, count: number) =>
  Array.from({ length: count }, (_, day) => intent(accountId, add('DANNON', 10, day)));

/** Sends concurrent requests of every kind, and reads. */
async function sendAllKinds(witness: Witness): Promise<readonly Result['kind'][]> {
  // While this process compared, the server may have ended connections that were kept alive.
  witness.client.close();
  const before = witness.evidence.attempts.length;
  const responses = await Promise.all([
    witness.send({ kind: 'bulk', intents: [...grants('big', 250), ...grants('small', 5)] }),
    witness.look('small'),
    witness.send({ kind: 'single', intents: grants('small', 1) }),
    witness.send({ kind: 'single', intents: [intent('small', spend(5))] }),
    witness.look('big'),
    witness.send({ kind: 'single', intents: [intent('big', add('DANNON', -5, 0))] }),
  ]);
  expect(responses.every(Boolean)).toBe(true);
  const kinds = witness.evidence.attempts.slice(before).map(({ result }) => result.kind);
  return [...new Set(kinds)];
}

testWithFileLimits(
  'a write that fails at any byte changes nothing, and succeeds once the disk has space',
  async () => {
    const path = servers.newPath();
    const evidence = new Evidence();
    const server = servers.start(path);
    const witness = await witnessOf(server, evidence, 1);
    expect(await sendAllKinds(witness)).toEqual(['accepted']);
    for (const bytes of [0, 1, 24, 4_095, 4_120, 30_000]) {
      limitFileSize(server.process.pid!, statSync(`${path}-wal`).size + bytes);
      expect(await sendAllKinds(witness)).toContain('failed');
      limitFileSize(server.process.pid!, 'unlimited');
      expect(await sendAllKinds(witness)).toEqual(['accepted']);
      expect(complaintsOf(evidence, readJournalFile(path))).toEqual([]);
    }
    limitFileSize(server.process.pid!, statSync(`${path}-wal`).size + 10_000);
    await sendAllKinds(witness);
    await killServer(server);
    const later = await witnessOf(servers.start(path), evidence, 2);
    await later.look('small');
    await later.look('big');
    expect(await sendAllKinds(later)).toEqual(['accepted']);
    expect(complaintsOf(evidence, readJournalFile(path))).toEqual([]);
  },
);

test('a journal that may not grow rejects changes, serves reads, and recovers', async () => {
  const path = servers.newPath();
  const journal = await SqliteJournal.open(path);
  const service = serviceOn(journal);
  await run(service, 'm', add('DANNON', 10, 1));
  const connection: SqliteConnection = Reflect.get(journal, 'store').connection;
  const pages = (count: number) => connection.exec(`PRAGMA max_page_count = ${count}`);
  pages(1);
  const much = Array.from({ length: 500 }, (_, day) => add('DANNON', 10, day));
  const responses = await Promise.allSettled([
    run(service, 'm', ...much),
    run(service, 'n', ...much),
    run(service, 'm', spend(5)),
    run(service, 'm'),
  ]);
  const [, , , seen] = responses;
  for (const { status, reason } of responses.slice(0, 3) as PromiseRejectedResult[]) {
    expect({ status, code: reason.code }).toEqual({
      status: 'rejected',
      code: 'SERVICE_UNAVAILABLE',
    });
  }
  expect(seen).toMatchObject({ value: { view: { sequence: 1, points: 10 } } });
  pages(100_000);
  expect((await run(service, 'm', ...much, spend(5))).view).toMatchObject({ points: 5_005 });
  await service.close();
  const content = readJournalFile(path);
  expect([...content.keys()]).toEqual(['m']);
  expect(replayJournal('m', content.get('m')!).points()).toBe(5_005);
});

testWithOwnDisk(
  'on a full disk changes return SERVICE_UNAVAILABLE and reads are served, and both recover with space',
  async () => {
    const folder = join(dirname(servers.newPath()), 'disk');
    mkdirSync(folder);
    const path = join(folder, 'ledger.db');
    const server = servers.start(path, withDisk(folder, 2_048));
    const evidence = new Evidence();
    const witness = await witnessOf(server, evidence, 1);
    const seen = join('/proc', String(server.process.pid), 'root', folder);
    const filler = join(seen, 'filler');
    writeFileSync(filler, Buffer.alloc(1_024 * 1_024));
    expect(await sendAllKinds(witness)).toEqual(['accepted']);
    // Once large batches have no space, small ones may still have: they fill the disk.
    let kinds: readonly Result['kind'][] = [];
    for (let call = 0; call < 100 && kinds.join() !== 'failed'; call += 1) {
      kinds = await sendAllKinds(witness);
    }
    expect(kinds).toEqual(['failed']);
    rmSync(filler);
    expect(await sendAllKinds(witness)).toEqual(['accepted']);
    expect(complaintsOf(evidence, readCopy(seen))).toEqual([]);
  },
);

/** Reads a copy of a ledger of a running server, to which nothing is being written. */
function readCopy(folder: string): JournalContent {
  const copy = servers.newPath();
  for (const ending of ['', '-wal'])
    copyFileSync(join(folder, `ledger.db${ending}`), copy + ending);
  return readJournalFile(copy);
}
