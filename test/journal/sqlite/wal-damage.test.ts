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
import { AppendOutcomeUnknown, JournalDamaged } from '../../../src/journal/journal';
import { startChild } from '../child-process';
import { everything } from '../contract/append';
import { beginning, following, run, transaction } from '../entries';
import { openLogged, useFolder } from './fixture';

const folder = useFolder();
const pathOf = () => join(folder(), 'ledger.db');
const walOf = () => `${pathOf()}-wal`;
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
    const connection = Reflect.get(journal, 'connection');
    const { inTransaction } = connection;
    connection.inTransaction = (work: () => unknown) => {
      truncateSync(walOf(), walBytes() - 4_096);
      return inTransaction.call(connection, work);
    };
    await expect(journal.append([following(first, second)])).rejects.toThrow(AppendOutcomeUnknown);
    await expect(journal.check()).rejects.toThrow(JournalDamaged);
    await journal.close();
  });

  test('a truncated index is not used, and loses nothing', async () => {
    const { journal, errors } = await openLogged(pathOf());
    await journal.append([beginning(transaction('a', 1))]);
    truncateSync(`${pathOf()}-shm`, 0);
    await expect(everything(journal, 'a')).rejects.toThrow(JournalDamaged);
    expect(errors.join()).toContain('No acknowledged entry is lost.');
    await journal.close();
    const child = startChild(
      `const journal = await SqliteJournal.open(path);
      say(String((await journal.accounts({ after: null, before: null, order: 'ascending', limit: 9 })).length));`,
      pathOf(),
    );
    expect(await child.line()).toBe('1');
  });
});

function overwrite(offset: number): void {
  const descriptor = openSync(walOf(), 'r+');
  writeSync(descriptor, Buffer.from([readFileSync(walOf())[offset] ^ 0x41]), 0, 1, offset);
  closeSync(descriptor);
}
