import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import Database from 'libsql';
import { JournalUnavailable } from '../../../src/journal/journal-error';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import type { Entry } from '../../../src/ledger/entry';
import { OperatorError } from '../../../src/operator-error';
import { testIf } from '../../support/needs';
import { startChild } from '../child-process';
import { everything } from '../contract/append';
import { beginning, following, run, transaction } from '../entries';
import { useFolder } from './fixture';

const folder = useFolder();
const pathOf = () => join(folder(), 'ledger.db');

function runs(command: string, ...parameters: string[]): boolean {
  return spawnSync(command, parameters).status === 0;
}

const testWithPrlimit = testIf(
  runs('prlimit', '--version'),
  'file limit tests: no prlimit; apt install util-linux',
);
const testWithStrace = testIf(
  runs('strace', '-o', '/dev/null', 'true'),
  'strace tests: strace is missing or may not trace; apt install strace',
);

test('on a full disk nothing of a batch is stored, and with free space writes continue', async () => {
  const journal = await SqliteJournal.open(pathOf());
  const first = transaction('a', 1);
  await journal.append([beginning(first)]);
  journal.pragma('max_page_count = 20');
  const batch = [following(first, ...run('a', 2, 900)), beginning(...run('b', 1, 900))];
  await expect(journal.append(batch)).rejects.toThrow(JournalUnavailable);
  await expect(journal.append(batch)).rejects.toThrow(/was not written.*full.*SQLITE_FULL/);
  expect(await everything(journal, 'a')).toEqual([first]);
  expect(await everything(journal, 'b')).toEqual([]);
  const little = beginning(transaction('c', 1));
  expect(await journal.append([little])).toEqual(['appended']);
  journal.pragma('max_page_count = 1000000');
  expect(await journal.append(batch)).toEqual(['appended', 'appended']);
  expect(await everything(journal, 'a')).toEqual([first, ...batch[0].entries]);
  await journal.close();
});

/** Appends a batch to account `a` for each line it reads, and writes the outcome. */
const appendOnCue = `
const journal = await SqliteJournal.open(path);
let last = null;
say('open');
for (let cue = await nextLine(); cue !== 'stop'; cue = await nextLine()) {
  const from = last === null ? 1 : last.sequence + 1;
  const batch = entries.run('a', from, from + Number(cue) - 1);
  const append = last === null ? entries.beginning(...batch) : entries.following(last, ...batch);
  const became = await outcome(journal.append([append]));
  if (became === 'appended') last = batch.at(-1);
  const range = { accountId: 'a', from: 1, to: 1e9, order: 'ascending', limit: 1e9 };
  const { length } = await journal.entries(range);
  say(became + ' ' + length);
}
await journal.close();
say('closed');
`;

testWithPrlimit(
  'a failed write stores nothing, and the journal continues when the disk works again',
  async () => {
    const child = startChild(appendOnCue, pathOf(), "trap '' XFSZ; ulimit -S -f 400");
    await child.line();
    child.tell('10');
    expect(await child.line()).toBe('appended 10');
    for (let count = 0; count < 2; count += 1) {
      child.tell('5000');
      expect(await child.line()).toMatch(/^JournalUnavailable: .*SQLITE_IOERR_WRITE.* 10$/);
    }
    spawnSync('prlimit', ['--fsize=unlimited', '--pid', String(child.pid)]);
    child.tell('5000');
    expect(await child.line()).toBe('appended 5010');
    child.tell('stop');
    expect(await child.line()).toBe('closed');
    expect(await reopened()).toHaveLength(5010);
  },
);

testWithStrace(
  'a failed fsync leaves the outcome unknown; a retry with the same entries is stored',
  async () => {
    const child = startChild(appendOnCue, pathOf());
    await child.line();
    child.tell('10');
    expect(await child.line()).toBe('appended 10');
    const detach = await failFirstFsync(child.pid);
    child.tell('20');
    expect(await child.line()).toMatch(/^AppendOutcomeUnknown: .*SQLITE_IOERR_FSYNC.* 10$/);
    await detach();
    child.tell('20');
    expect(await child.line()).toBe('appended 30');
    await child.kill();
    expect(await reopened()).toHaveLength(30);
  },
);

/** Appends entries with dates, and reads what is due for each line. */
const dueOnCue = `
const journal = await SqliteJournal.open(path);
const dated = entries.run('a', 1, 3000).map((entry, at) => ({ ...entry, expiresAt: 1e12 + at }));
await journal.append([entries.beginning(...dated)]);
say('appended');
for (;;) {
  await nextLine();
  const due = journal.due({ after: null, until: 1e13, limit: 9999 });
  say(await outcome(due.then(({ length }) => length)));
}`;

testWithStrace(
  'a failed fsync while dates are listed is no unknown outcome; the next read lists them',
  async () => {
    const child = startChild(dueOnCue, pathOf());
    await child.line();
    const detach = await failFirstFsync(child.pid);
    child.tell('due');
    expect(await child.line()).toMatch(/^JournalUnavailable: .*SQLITE_IOERR_FSYNC/);
    await detach();
    child.tell('due');
    expect(await child.line()).toBe('3000');
    await child.kill();
    expect(await reopened()).toHaveLength(3000);
  },
);

test('an invalid statement or value is a bug, and stores nothing', async () => {
  const journal = await SqliteJournal.open(pathOf());
  const wrong = transaction('b', 1, { points: 0.5 });
  const append = journal.append([beginning(transaction('a', 1)), beginning(wrong)]);
  await expect(append).rejects.toThrow(/cannot store REAL value in INTEGER column/);
  await expect(append).rejects.not.toThrow(JournalUnavailable);
  const range = { after: null, before: null, order: 'ascending' as const, limit: 9 };
  expect(await journal.accounts(range)).toEqual([]);
  expect(await journal.append([beginning(transaction('a', 1))])).toEqual(['appended']);
  await journal.close();
});

test.each([
  ['a newer format', "format = 3, kind = 'gift'", 'has format 3'],
  ['an unknown kind', "format = 2, kind = 'gift'", 'is of kind "gift"'],
  ['a choice that is unknown', "input = '{}'", 'has a value in input'],
])('an entry with %s is an error of one sentence that names it', async (_what, change, words) => {
  const journal = await SqliteJournal.open(pathOf());
  await journal.append([beginning(...run('a', 1, 2)), beginning(transaction('b', 1))]);
  const newer = new Database(pathOf());
  newer.exec(`UPDATE entry SET ${change} WHERE sequence = 2`);
  newer.close();
  const read = everything(journal, 'a');
  await expect(read).rejects.toThrow(OperatorError);
  await expect(read).rejects.toThrow(
    `Entry 2 of account "a" ${words}, which this program does not know: ` +
      'run the version that wrote it, or a newer one.',
  );
  expect(await everything(journal, 'b')).toHaveLength(1);
  await journal.close();
});

/** Makes the next fsync of a process fail with EIO. */
async function failFirstFsync(pid: number): Promise<() => Promise<void>> {
  const fault = 'inject=fsync,fdatasync:error=EIO:when=1';
  const trace = spawn('strace', ['-f', '-e', 'trace=fsync,fdatasync', '-e', fault, '-p', `${pid}`]);
  await once(trace.stderr, 'data');
  return async () => {
    trace.kill('SIGINT');
    await once(trace, 'exit');
  };
}

async function reopened(): Promise<Entry[]> {
  const journal = await SqliteJournal.open(pathOf());
  const entries = await everything(journal, 'a');
  await journal.close();
  return entries;
}
