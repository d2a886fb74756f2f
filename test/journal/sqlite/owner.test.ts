import { linkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { AppendOutcomeUnknown, JournalUnavailable } from '../../../src/journal/journal-error';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import { OperatorError } from '../../../src/operator-error';
import { startChild } from '../child-process';
import { everything } from '../contract/append';
import { beginning, following, run } from '../entries';
import { useFolder } from './fixture';

const folder = useFolder();
const pathOf = () => join(folder(), 'ledger.db');
const inUse = /^Another server is using .*ledger\.db\. Stop it first/;

test('a second server in the same process gets an error that the file is in use', async () => {
  const journal = await SqliteJournal.open(pathOf());
  await expect(SqliteJournal.open(pathOf())).rejects.toThrow(inUse);
  expect(await journal.append([beginning(...run('a', 1, 2))])).toEqual(['appended']);
  await journal.close();
  await (await SqliteJournal.open(pathOf())).close();
});

test('a second server in another process gets that error until the first is killed', async () => {
  const script = 'say(await outcome(SqliteJournal.open(path))); await nextLine();';
  const first = startChild(script, pathOf());
  expect(await first.line()).toBe('[object Object]');
  const second = startChild(script, pathOf());
  expect(await second.line()).toMatch(/^OperatorError: Another server is using/);
  await expect(SqliteJournal.open(pathOf())).rejects.toThrow(OperatorError);
  await first.kill();
  const journal = await SqliteJournal.open(pathOf());
  expect(await journal.append([beginning(...run('a', 1, 2))])).toEqual(['appended']);
  await journal.close();
});

test('a ledger under another path is the same ledger', async () => {
  const journal = await SqliteJournal.open(pathOf());
  const alias = join(folder(), 'alias.db');
  symlinkSync(pathOf(), alias);
  await expect(SqliteJournal.open(alias)).rejects.toThrow(inUse);
  await journal.close();
});

test('others may read while the server writes', async () => {
  const journal = await SqliteJournal.open(pathOf());
  const entries = run('a', 1, 3);
  await journal.append([beginning(...entries)]);
  const reader = new Database(pathOf());
  const count = () => reader.prepare('SELECT count(*) FROM entry').raw().get();
  expect(count()).toEqual([3]);
  reader.exec('BEGIN');
  expect(count()).toEqual([3]);
  const more = following(entries[2], ...run('a', 4, 5));
  expect(await journal.append([more])).toEqual(['appended']);
  expect(count()).toEqual([3]);
  reader.exec('COMMIT');
  expect(count()).toEqual([5]);
  reader.close();
  await journal.close();
});

test('while another program writes, the journal is unavailable, and afterwards it continues', async () => {
  const journal = await SqliteJournal.open(pathOf());
  const [first, second] = run('a', 1, 2);
  await journal.append([beginning(first)]);
  const intruder = new Database(pathOf());
  intruder.exec('BEGIN IMMEDIATE');
  const append = following(first, second);
  await expect(journal.append([append])).rejects.toThrow(JournalUnavailable);
  await expect(journal.append([append])).rejects.toThrow(/was not written.*SQLITE_BUSY/);
  expect(await everything(journal, 'a')).toEqual([first]);
  intruder.exec('ROLLBACK');
  intruder.close();
  expect(await journal.append([append])).toEqual(['appended']);
  await journal.close();
});

test('a closed journal is unavailable, and closing it again does nothing', async () => {
  const journal = await SqliteJournal.open(pathOf());
  await journal.close();
  await journal.close();
  await expect(journal.append([beginning(...run('a', 1, 1))])).rejects.toThrow(JournalUnavailable);
  await expect(journal.check()).rejects.toThrow(JournalUnavailable);
});

test('a dangling link and a file with hard links are refused: two servers could share the file', async () => {
  const journal = await SqliteJournal.open(pathOf());
  await journal.close();
  const dangling = join(folder(), 'dangling.db');
  symlinkSync(join(folder(), 'nothing.db'), dangling);
  await expect(SqliteJournal.open(dangling)).rejects.toThrow(/link to a file that does not exist/);
  linkSync(pathOf(), join(folder(), 'second.db'));
  await expect(SqliteJournal.open(pathOf())).rejects.toThrow(/has 2 names \(hard links\)/);
});

test.each([
  ['database', ''],
  ['lock', '.lock'],
])('while the %s is away or another one, nothing is written on its word', async (_what, ending) => {
  const journal = await SqliteJournal.open(pathOf());
  const [first, second] = run('a', 1, 2);
  await journal.append([beginning(first)]);
  const file = `${pathOf()}${ending}`;
  renameSync(file, `${file}.moved`);
  await expect(journal.append([following(first, second)])).rejects.toThrow(JournalUnavailable);
  await expect(journal.check()).rejects.toThrow(/was removed or replaced/);
  writeFileSync(file, '');
  await expect(journal.append([following(first, second)])).rejects.toThrow(JournalUnavailable);
  rmSync(file);
  // The next start follows the link, and looks for the log beside the file it leads to.
  symlinkSync(`${file}.moved`, file);
  await expect(journal.append([following(first, second)])).rejects.toThrow(JournalUnavailable);
  renameSync(`${file}.moved`, file);
  expect(await journal.append([following(first, second)])).toEqual(['appended']);
  await journal.check();
  await journal.close();
});

test('a file that is replaced between the check and the commit leaves the outcome unknown', async () => {
  const journal = await SqliteJournal.open(pathOf());
  const [first, second] = run('a', 1, 2);
  await journal.append([beginning(first)]);
  const connection = Reflect.get(journal, 'store').connection;
  const { inTransaction } = connection;
  connection.inTransaction = (work: () => unknown) => {
    renameSync(pathOf(), `${pathOf()}-away`);
    return inTransaction.call(connection, work);
  };
  await expect(journal.append([following(first, second)])).rejects.toThrow(AppendOutcomeUnknown);
  connection.inTransaction = inTransaction;
  renameSync(`${pathOf()}-away`, pathOf());
  expect(await journal.append([following(first, second)])).toEqual(['conflict']);
  await journal.close();
});

test('a lock that is replaced between the check and the commit loses nothing, and ends writing', async () => {
  const journal = await SqliteJournal.open(pathOf());
  const [first, second, third] = run('a', 1, 3);
  await journal.append([beginning(first)]);
  const lock = `${pathOf()}.lock`;
  const connection = Reflect.get(journal, 'store').connection;
  const { inTransaction } = connection;
  connection.inTransaction = (work: () => unknown) => {
    renameSync(lock, `${lock}-away`);
    return inTransaction.call(connection, work);
  };
  expect(await journal.append([following(first, second)])).toEqual(['appended']);
  connection.inTransaction = inTransaction;
  await expect(journal.append([following(second, third)])).rejects.toThrow(JournalUnavailable);
  renameSync(`${lock}-away`, lock);
  await journal.close();
  const next = await SqliteJournal.open(pathOf());
  expect(await next.append([following(second, third)])).toEqual(['appended']);
  await next.close();
});
