import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ServerProcess, spawnServer } from '../e2e/server-process';
import { useFolder } from '../journal/sqlite/fixture';
import { builtServer } from '../support/built-server';
import { byCrashRounds } from '../support/crash-sizes';
import { stateOf } from './ledger';
import { points, type Running, startPoints } from './points';

jest.setTimeout(360_000);

const folder = useFolder();
/** With more rows, the interruption leaves more to do and to replay. */
const rowCount = byCrashRounds(12_000, 20_000, 40_000);
let server: ServerProcess;
let endpoint = '';

async function serve(port = '0'): Promise<void> {
  const DATABASE_URL = `file:${join(folder(), 'ledger.db')}`;
  server = spawnServer(builtServer(), { DATABASE_URL, PORT: port });
  endpoint = `${await server.origin}/graphql`;
}

beforeEach(() => serve());
afterEach(async () => {
  server.process.kill('SIGKILL');
  await server.ended;
});

/** Rows of 50 accounts; many of them say the same as others. */
function rowsFile(): string {
  const path = join(folder(), 'rows.csv');
  const rows = Array.from(
    { length: rowCount },
    (_unused, at) => `account ${at % 50},A,${1 + (at % 3)},2020-11-02T14:00:00Z`,
  );
  writeFileSync(path, `account_id,payer,points,timestamp\n${rows.join('\n')}\n`);
  return path;
}

const wanted = Array.from({ length: rowCount }, (_unused, at) => 1 + (at % 3)).reduce(
  (sum, value) => sum + value,
);

async function allPoints(): Promise<number> {
  const ids = Array.from({ length: 50 }, (_unused, at) => `account ${at}`);
  const states = await Promise.all(ids.map((id) => stateOf(endpoint, id)));
  return states.reduce((sum, state) => sum + (state?.points ?? 0), 0);
}

/** Resolves when some of the rows are added and the import is in progress. */
async function begun(): Promise<void> {
  while ((await allPoints()) === 0) await pause(5);
}

function start(path: string): Running {
  return startPoints(['import', path, '--url', endpoint, '--concurrency', '2']);
}

function countsIn(out: string): { added: number; replayed: number } {
  const [, added, replayed] = /([\d,]+) added, ([\d,]+) there already/.exec(out) ?? [];
  return { added: numberOf(added), replayed: numberOf(replayed) };
}

function numberOf(text: string): number {
  return Number(text.replaceAll(',', ''));
}

test('after SIGINT it says how to continue, and run again it adds exactly the rest', async () => {
  const path = rowsFile();
  const running = start(path);
  await begun();
  running.process.kill('SIGINT');
  const ran = await running.ended;
  expect(ran).toMatchObject({ code: 130 });
  expect(ran.errors).toContain('Interrupted. To continue, run the same command again');
  const first = countsIn(ran.out);
  expect(first.added).toBeLessThan(rowCount);
  const second = countsIn((await points(['import', path, '--url', endpoint])).out);
  expect(second).toEqual({ added: rowCount - first.added, replayed: first.added });
  expect(await allPoints()).toBe(wanted);
});

test('after kill -9, the same command adds exactly the rest', async () => {
  const path = rowsFile();
  const running = start(path);
  await begun();
  running.process.kill('SIGKILL');
  expect((await running.ended).signal).toBe('SIGKILL');
  const second = countsIn((await points(['import', path, '--url', endpoint])).out);
  expect(second.replayed).toBeGreaterThan(0);
  expect(second.added + second.replayed).toBe(rowCount);
  expect(await allPoints()).toBe(wanted);
});

test('a server that is killed and restarted during an import loses no row and doubles none', async () => {
  const running = start(rowsFile());
  await begun();
  const { port } = new URL(endpoint);
  server.process.kill('SIGKILL');
  await server.ended;
  await serve(port);
  const ran = await running.ended;
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.errors).toContain('Retrying.');
  expect(countsIn(ran.out).added + countsIn(ran.out).replayed).toBe(rowCount);
  expect(await allPoints()).toBe(wanted);
});

test('if the server stays unreachable, the import ends with status 3 and says how to continue', async () => {
  const path = rowsFile();
  const running = startPoints(['import', path, '--url', endpoint, '--patience', '0']);
  await begun();
  server.process.kill('SIGKILL');
  const ran = await running.ended;
  expect(ran).toMatchObject({ code: 3 });
  expect(ran.errors).toContain('does not respond');
  expect(ran.errors).toContain('To continue, run the same command again');
});
