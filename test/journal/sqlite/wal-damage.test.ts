import {
  closeSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppendOutcomeUnknown, JournalDamaged } from '../../../src/journal/journal-error';
import { startChild } from '../child-process';
import { everything } from '../contract/append';
import { beginning, following, run, transaction } from '../entries';
import { openLogged, useFolder } from './fixture';

const folder = useFolder();
const pathOf = () => join(folder(), 'ledger.db');
const walOf = () => `${pathOf()}-wal`;
const indexOf = () => `${pathOf()}-shm`;
const walBytes = () => statSync(walOf()).size;

describe('a WAL that was truncated or overwritten', () => {
  test.each<[string, () => void]>([
    ['cut', () => truncateSync(walOf(), walBytes() - 1)],
    ['emptied', () => truncateSync(walOf(), 0)],
    ['overwritten at its start', () => overwrite(31)],
  ])('%s: nothing is written or read any more, and the log says so once', async (_how, damage) => {
    const { journal, errors } = await openLogged(pathOf());
    const [first, second] = run('a', 1, 2);
    await journal.append([beginning(first)]);
    damage();
    await expect(journal.check()).rejects.toThrow(JournalDamaged);
    await expect(journal.append([following(first, second)])).rejects.toThrow(JournalDamaged);
    await expect(everything(journal, 'a')).rejects.toThrow(JournalDamaged);
    expect(journal.isDamaged).toBe(true);
    const before = readFileSync(pathOf());
    await journal.close();
    expect(readFileSync(pathOf()).equals(before)).toBe(true);
    expect(errors.filter((message) => message.includes('may be lost'))).toEqual([
      expect.stringContaining('The first entry that may be lost is entry 1 of account "a".'),
    ]);
  });

  test('the first entry that may be lost is the first after the last checkpoint', async () => {
    const { journal, errors } = await openLogged(pathOf());
    const [first, second, third] = run('b', 1, 3);
    await journal.append([beginning(first)]);
    await journal.close();
    const reopenedJournal = await openLogged(pathOf());
    await reopenedJournal.journal.append([following(first, second)]);
    await reopenedJournal.journal.append([following(second, third)]);
    truncateSync(walOf(), 0);
    await expect(reopenedJournal.journal.check()).rejects.toThrow(JournalDamaged);
    expect([...errors, ...reopenedJournal.errors].join()).toContain('entry 2 of account "b"');
    await reopenedJournal.journal.close();
  });

  test('an older WAL over an empty one is damage too, and is renamed', async () => {
    const before = await openLogged(pathOf());
    const [first, second] = run('a', 1, 2);
    await before.journal.append([beginning(first)]);
    const older = readFileSync(walOf());
    await before.journal.append([following(first, second)]);
    await before.journal.close();
    const { journal, errors } = await openLogged(pathOf());
    writeFileSync(walOf(), older);
    await expect(journal.check()).rejects.toThrow(JournalDamaged);
    expect(readFileSync(`${walOf()}.found-1`).equals(older)).toBe(true);
    expect(errors.join()).toContain('No acknowledged entry is lost.');
    await journal.close();
  });

  test('damage between the check and the commit leaves the outcome unknown', async () => {
    const { journal } = await openLogged(pathOf());
    const [first, second] = run('a', 1, 2);
    await journal.append([beginning(first)]);
    const connection = Reflect.get(journal, 'store').connection;
    const { inTransaction } = connection;
    connection.inTransaction = (work: () => unknown) => {
      truncateSync(walOf(), walBytes() - 4_096);
      return inTransaction.call(connection, work);
    };
    await expect(journal.append([following(first, second)])).rejects.toThrow(AppendOutcomeUnknown);
    await expect(journal.check()).rejects.toThrow(JournalDamaged);
    await journal.close();
  });

  test('zeros in place of the last commit are noticed while nobody writes', async () => {
    const { journal } = await openLogged(pathOf());
    const [first, second] = run('a', 1, 2);
    await journal.append([beginning(first)]);
    const kept = walBytes();
    await journal.append([following(first, second)]);
    const size = walBytes();
    truncateSync(walOf(), kept);
    truncateSync(walOf(), size);
    await expect(journal.check()).rejects.toThrow(JournalDamaged);
    await journal.close();
  });

  test('a stop does not checkpoint a WAL of which an earlier commit was zeroed', async () => {
    const { journal, errors } = await openLogged(pathOf());
    const [first, second] = run('a', 1, 2);
    await journal.append([beginning(first)]);
    const end = walBytes();
    await journal.append([following(first, second)]);
    const file = openSync(walOf(), 'r+');
    writeSync(file, Buffer.alloc(4_096), 0, 4_096, end - 4_096);
    closeSync(file);
    await journal.check();
    const before = readFileSync(pathOf());
    await journal.close();
    expect(readFileSync(pathOf()).equals(before)).toBe(true);
    expect(errors.join()).toContain('entry 1 of account "a"');
  });

  test('a WAL whose header was overwritten while no server ran is set aside at the start', async () => {
    const child = startChild(
      `const journal = await SqliteJournal.open(path);
      await journal.append([entries.beginning(...entries.run('a', 1, 2))]);
      say('appended'); await nextLine();`,
      pathOf(),
    );
    expect(await child.line()).toBe('appended');
    await child.kill();
    overwrite(5);
    const damaged = readFileSync(walOf());
    const { journal, errors } = await openLogged(pathOf());
    expect(readFileSync(`${walOf()}.found-1`).equals(damaged)).toBe(true);
    expect(errors.join()).toContain('What was committed after the last checkpoint may be lost');
    await journal.close();
  });

  test('an older index over the index loses nothing, neither by a write nor by closing', async () => {
    const { journal, errors } = await openLogged(pathOf());
    const [first, second, third] = run('a', 1, 3);
    await journal.append([beginning(first)]);
    const older = readFileSync(indexOf());
    await journal.append([following(first, second)]);
    overwriteIndex(older);
    await expect(journal.append([following(second, third)])).rejects.toThrow(JournalDamaged);
    expect(errors.join()).toContain('No acknowledged entry is lost.');
    await journal.close();
    expect(await entriesOfNextProcess()).toBe('2');
  });

  test('commits that were written over because of an older index are named as lost', async () => {
    const { journal, errors } = await openLogged(pathOf());
    const [first, second, third] = run('a', 1, 3);
    await journal.append([beginning(first)]);
    const older = readFileSync(indexOf());
    await journal.append([following(first, second)]);
    await journal.append([following(second, third)]);
    overwriteIndex(older);
    Reflect.get(journal, 'store').connection.startWal();
    await expect(journal.check()).rejects.toThrow(JournalDamaged);
    expect(errors.join()).toContain('The first entry that may be lost is entry 1 of account "a".');
    await journal.close();
  });

  test('a truncated index is not used, and loses nothing', async () => {
    const { journal, errors } = await openLogged(pathOf());
    await journal.append([beginning(transaction('a', 1))]);
    truncateSync(indexOf(), 0);
    await expect(everything(journal, 'a')).rejects.toThrow(JournalDamaged);
    expect(errors.join()).toContain('No acknowledged entry is lost.');
    await journal.close();
    expect(await entriesOfNextProcess()).toBe('1');
  });
});

describe('a database that was overwritten while it is open', () => {
  test('by a backup: nothing is written, and the next start finds the backup', async () => {
    const before = await openLogged(pathOf());
    const [first, second, third] = run('a', 1, 3);
    await before.journal.append([beginning(first)]);
    await before.journal.close();
    const backup = readFileSync(pathOf());
    const next = await openLogged(pathOf());
    await next.journal.append([following(first, second)]);
    await next.journal.close();
    const { journal, errors } = await openLogged(pathOf());
    overwriteFile(pathOf(), backup);
    await expect(journal.append([following(second, third)])).rejects.toThrow(JournalDamaged);
    await journal.close();
    expect(readFileSync(pathOf()).equals(backup)).toBe(true);
    expect(errors.join()).toContain('Entries may be lost');
    expect(await entriesOfNextProcess()).toBe('1');
  });

  test('by nothing: nothing is written, and no empty ledger takes its place', async () => {
    const { journal } = await openLogged(pathOf());
    const [first, second] = run('a', 1, 2);
    await journal.append([beginning(first)]);
    truncateSync(pathOf(), 0);
    await expect(journal.append([following(first, second)])).rejects.toThrow(JournalDamaged);
    await journal.close();
    const next = startChild('say(await outcome(SqliteJournal.open(path)));', pathOf());
    expect(await next.line()).toContain('is missing or empty, but its log');
  });
});

/** How many entries of account `a` another process finds. */
function entriesOfNextProcess(): Promise<string> {
  const child = startChild(
    `const journal = await SqliteJournal.open(path);
    const range = { accountId: 'a', from: 1, to: 9, order: 'ascending', limit: 9 };
    say(String((await journal.entries(range)).length));`,
    pathOf(),
  );
  return child.line();
}

const overwriteIndex = (content: Buffer) => overwriteFile(indexOf(), content);

function overwriteFile(path: string, content: Buffer): void {
  const descriptor = openSync(path, 'r+');
  writeSync(descriptor, content, 0, content.length, 0);
  closeSync(descriptor);
}

function overwrite(offset: number): void {
  const descriptor = openSync(walOf(), 'r+');
  writeSync(descriptor, Buffer.from([readFileSync(walOf())[offset] ^ 0x41]), 0, 1, offset);
  closeSync(descriptor);
}
