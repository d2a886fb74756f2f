import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteJournal } from '../../src/journal/sqlite-journal';
import { startChild } from './child-process';
import { useFolder } from './sqlite-fixture';

const folder = useFolder();

/** Opens as a user without privileges, as rights do not stop root. */
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

test('a folder without the right to write is told', async () => {
  const data = join(folder(), 'data');
  mkdirSync(data);
  chmodSync(folder(), 0o755);
  chmodSync(data, 0o555);
  const path = join(data, 'ledger.db');
  expect(await openedByNobody(path)).toMatch(/^JournalUnusable: The folder .*EACCES.* make and/);
  const beneath = join(data, 'deeper', 'ledger.db');
  expect(await openedByNobody(beneath)).toMatch(/^JournalUnusable: The folder .*EACCES/);
  expect(readdirSync(data)).toEqual([]);
  chmodSync(data, 0o755);
});

test('a ledger without the right to write it is told, and not changed', async () => {
  const path = join(folder(), 'ledger.db');
  await (await SqliteJournal.open(path)).close();
  const before = readFileSync(path);
  chmodSync(folder(), 0o777);
  chmodSync(path, 0o444);
  const told = await openedByNobody(path);
  expect(told).toMatch(/^JournalUnusable: .*ledger\.db.* cannot be .*/);
  expect(readFileSync(path).equals(before)).toBe(true);
});
