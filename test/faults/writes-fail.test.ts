import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'libsql';
import { LedgerClient } from './ledger-client';
import {
  limitFileSize,
  setImmutable,
  testWithFileLimits,
  testWithImmutableFiles,
  testWithOwnDisk,
  withDisk,
} from './machine';
import { useServers } from './servers';

const servers = useServers();

const add = `mutation { addTransaction(input: { accountId: "m", payer: "DANNON",
  points: 1, timestamp: "2020-11-02T14:00:00Z" }) { errors { code } } }`;
const read = '{ account(id: "m") { points } }';

const ready = [200, { status: 'ready' }];
const writesFail = [503, { status: 'writes-fail' }];

async function statusOf(origin: string): Promise<unknown> {
  const response = await fetch(`${origin}/readyz`);
  return [response.status, await response.json()];
}

/** Makes every write of a server fail, until `end`. */
interface Fault {
  begin(): void;
  end(): void;
}

/** Starts a server, makes its writes fail and succeed again, and checks what is seen of it. */
async function expectUnready(
  faultOf: (path: string, pid: number) => Fault,
  path = servers.newPath(),
  command?: readonly string[],
) {
  const server = servers.start(path, command);
  let log = '';
  server.process.stdout!.on('data', (chunk) => {
    log += chunk;
  });
  const origin = await server.origin;
  const client = new LedgerClient(origin, 4);
  expect(await client.ask(add)).toMatchObject({ codes: [] });
  expect(await statusOf(origin)).toEqual(ready);
  const fault = faultOf(path, server.process.pid!);
  fault.begin();
  try {
    let points = 0;
    const isFailing = async () => {
      ({ points } = (await client.read<{ account: { points: number } }>(read)).account);
      const reply = await client.ask(add);
      return reply.kind === 'responded' && reply.codes.includes('SERVICE_UNAVAILABLE');
    };
    while (!(await isFailing())) await pause(5);
    const during = await Promise.all([
      ...Array.from({ length: 20 }, () => client.ask(add)),
      client.read(read),
      statusOf(origin),
    ]);
    expect(during.slice(0, 20)).toMatchObject(Array(20).fill({ codes: ['SERVICE_UNAVAILABLE'] }));
    expect(during.slice(20)).toEqual([{ account: { points } }, writesFail]);
  } finally {
    fault.end();
  }
  while (JSON.stringify(await statusOf(origin)) !== JSON.stringify(ready)) await pause(20);
  expect(await client.ask(add)).toMatchObject({ codes: [] });
  client.close();
  expectOneOutage(log);
}

/** Expects the log to report the beginning and the end of one outage, and no stack. */
function expectOneOutage(log: string): void {
  const lines = log
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  expect(lines.filter(({ err }) => err !== undefined)).toEqual([]);
  const changes = lines.filter(({ msg }) => /^Writes (fail|succeed)/.test(msg));
  expect(changes).toMatchObject([
    { level: 50, reason: expect.stringMatching(/was not written or read: .+\(SQLITE_\w+\)/) },
    { level: 30, durationMs: expect.any(Number) },
  ]);
  expect(changes[1].failedWrites).toBeGreaterThanOrEqual(21);
}

testWithFileLimits('/readyz is 503 writes-fail while files may not grow', () =>
  expectUnready((path, pid) => ({
    begin: () => limitFileSize(pid, statSync(`${path}-wal`).size),
    end: () => limitFileSize(pid, 'unlimited'),
  })),
);

test('/readyz is 503 writes-fail while another program holds the write lock', () =>
  expectUnready((path) => {
    const other = new Database(path);
    return {
      begin: () => other.exec('BEGIN IMMEDIATE'),
      end() {
        other.exec('ROLLBACK');
        other.close();
      },
    };
  }));

testWithOwnDisk('/readyz is 503 writes-fail while the disk is full', async () => {
  const folder = join(dirname(servers.newPath()), 'small-disk');
  mkdirSync(folder);
  const fill = (pid: number) => {
    const filler = join('/proc', String(pid), 'root', folder, 'filler');
    return {
      begin() {
        try {
          writeFileSync(filler, Buffer.alloc(4_096 * 1_024));
        } catch {
          // As much as fits is written.
        }
      },
      end: () => rmSync(filler),
    };
  };
  await expectUnready(
    (_path, pid) => fill(pid),
    join(folder, 'ledger.db'),
    withDisk(folder, 2_048),
  );
});

testWithImmutableFiles('/readyz is 503 writes-fail while the log is immutable', () =>
  expectUnready((path) => ({
    begin: () => setImmutable(`${path}-wal`, true),
    end: () => setImmutable(`${path}-wal`, false),
  })),
);
