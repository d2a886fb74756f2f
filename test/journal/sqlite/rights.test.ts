import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import { startChild } from '../child-process';
import { useFolder } from './fixture';

const folder = useFolder();

/** Opens as an unprivileged user, since permissions do not restrict root. */
async function openedByNobody(path: string): Promise<string> {
  const child = startChild(
    `if (process.getuid() === 0) {
      process.setgroups([]);
      process.setgid(65534);
      process.setuid(65534);
    }
    say(await outcome(SqliteJournal.open(path)));`,
    path,
  );
  return child.line();
}

test('a folder without write permission is an error', async () => {
  const data = join(folder(), 'data');
  mkdirSync(data);
  chmodSync(folder(), 0o755);
  chmodSync(data, 0o555);
  const path = join(data, 'ledger.db');
  expect(await openedByNobody(path)).toMatch(/^OperatorError: The folder .*EACCES.* make and/);
  const beneath = join(data, 'deeper', 'ledger.db');
  expect(await openedByNobody(beneath)).toMatch(/^OperatorError: The folder .*EACCES/);
  expect(readdirSync(data)).toEqual([]);
  chmodSync(data, 0o755);
});

test('a ledger without write permission is an error, and not changed', async () => {
  const path = join(folder(), 'ledger.db');
  await (await SqliteJournal.open(path)).close();
  const before = readFileSync(path);
  chmodSync(folder(), 0o777);
  chmodSync(path, 0o444);
  const message = await openedByNobody(path);
  expect(message).toMatch(/^OperatorError: .*ledger\.db.* cannot be .*/);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('a lock without write permission is an error: SQLite would begin without any lock', async () => {
  const path = join(folder(), 'ledger.db');
  await (await SqliteJournal.open(path)).close();
  for (const name of readdirSync(folder())) chmodSync(join(folder(), name), 0o666);
  chmodSync(folder(), 0o777);
  chmodSync(`${path}.lock`, 0o444);
  expect(await openedByNobody(path)).toMatch(/^OperatorError: The lock .* EACCES/);
});

test('a name that is too long is an error of one line', async () => {
  const path = join(folder(), 'x'.repeat(300));
  await expect(SqliteJournal.open(path)).rejects.toThrow(/cannot be opened\. ENAMETOOLONG/);
});
