import {
  copyFileSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { JournalDamaged, JournalUnavailable } from '../../../src/journal/journal-error';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import type { TransactionEntry } from '../../../src/ledger/entry';
import { type Child, startChild } from '../child-process';
import { everything } from '../contract/append';
import { beginning, following, markOf, partsOf, run, transaction } from '../entries';
import { openLogged, useFolder } from './fixture';
import { layoutOf } from './write-ahead-log';

const folder = useFolder();
const pathOf = () => join(folder(), 'ledger.db');
const walOf = () => `${pathOf()}-wal`;
const walBytes = () => statSync(walOf(), { throwIfNoEntry: false })?.size ?? 0;
const mebibyte = 1024 * 1024;

/** Appends large entries to account `a` until a checkpoint is due. */
async function appendMuch(
  journal: SqliteJournal,
  last: TransactionEntry,
  onBatch: () => void = () => {},
): Promise<TransactionEntry> {
  const reference = 'x'.repeat(255);
  let end = last;
  for (let batch = 0; batch < 60; batch += 1) {
    const entries = run('a', end.sequence + 1, end.sequence + 1_000);
    await journal.append([following(end, ...entries.map((entry) => ({ ...entry, reference })))]);
    end = entries[999];
    onBatch();
  }
  return end;
}

/** Copies the files as a crash leaves them. */
function copyFiles(from: string, to: string): void {
  for (const suffix of ['', '-wal']) copyFileSync(`${from}${suffix}`, `${to}${suffix}`);
}

/** Another program with a read transaction, which ends when it is killed. */
async function startReader(): Promise<Child> {
  const reader = startChild(
    `const Database = require('libsql');
    const { pathToFileURL } = require('node:url');
    const database = new Database(pathToFileURL(path).href + '?mode=ro');
    database.exec('BEGIN');
    const [count] = database.prepare('SELECT count(*) FROM entry').raw().get();
    say(String(count));
    for (;;) {
      await nextLine();
      const [again] = database.prepare('SELECT count(*) FROM entry').raw().get();
      say(String(again));
    }`,
    pathOf(),
  );
  expect(await reader.line()).toBe('1');
  return reader;
}

describe('an intact WAL', () => {
  test('is kept short by checkpoints, and is empty after a clean stop', async () => {
    const journal = await SqliteJournal.open(pathOf());
    expect(journal.pragma('wal_autocheckpoint')).toBe(0);
    const first = transaction('a', 1);
    await journal.append([beginning(first)]);
    let [longest, written] = [0, 0];
    await appendMuch(journal, first, () => {
      longest = Math.max(longest, walBytes());
      written = statSync(pathOf()).size;
    });
    expect(longest).toBeLessThan(18 * mebibyte);
    expect(written).toBeGreaterThan(10 * mebibyte);
    await journal.close();
    expect(walBytes()).toBe(0);
  });

  test('begins again in place after a checkpoint; a crash loses nothing, an older copy is noticed', async () => {
    const { journal, errors } = await openLogged(pathOf());
    const first = transaction('a', 1);
    await journal.append([beginning(first)]);
    let last = await appendMuch(journal, first);
    const bytes = walBytes();
    const older = readFileSync(walOf());
    for (let batch = 0; batch < 3; batch += 1) {
      const next = transaction('a', last.sequence + 1);
      await journal.append([following(last, next)]);
      last = next;
    }
    expect(walBytes()).toBe(bytes);
    const expected = last.sequence;
    // Frames of an earlier round follow those of this one.
    const { commitEnds } = layoutOf(readFileSync(walOf()));
    expect(commitEnds.at(-1)).toBeLessThan(bytes);
    copyFiles(pathOf(), join(folder(), 'crashed.db'));
    const crashed = await openLogged(join(folder(), 'crashed.db'));
    expect((await everything(crashed.journal, 'a')).at(-1)?.sequence).toBe(expected);
    expect([...errors, ...crashed.errors]).toEqual([]);
    await crashed.journal.close();
    // It has the same length, and the header of the same round.
    writeFileSync(walOf(), older);
    await expect(journal.check()).rejects.toThrow(JournalDamaged);
    await journal.close();
  });

  test('grows while another program reads, which sees one state and does not block writes', async () => {
    const journal = await SqliteJournal.open(pathOf());
    const first = transaction('a', 1);
    await journal.append([beginning(first)]);
    const reader = await startReader();
    const last = await appendMuch(journal, first);
    expect(walBytes()).toBeGreaterThan(20 * mebibyte);
    reader.tell('again');
    expect(await reader.line()).toBe('1');
    await reader.kill();
    await appendMuch(journal, last);
    expect(walBytes()).toBeLessThan(18 * mebibyte);
    await journal.check();
    await journal.close();
    expect(walBytes()).toBe(0);
  });

  test('may be restarted after the checkpoint of another program', async () => {
    const { journal, errors } = await openLogged(pathOf());
    const [first, second, third] = run('a', 1, 3);
    await journal.append([beginning(first)]);
    journal.pragma('wal_checkpoint(PASSIVE)');
    await journal.append([following(first, second)]);
    await journal.append([following(second, third)]);
    expect(await everything(journal, 'a')).toEqual([first, second, third]);
    expect(errors).toEqual([]);
    await journal.close();
  });
});

describe('a WAL that was removed', () => {
  test('is created again before an append or a snapshot continues', async () => {
    const { journal, errors } = await openLogged(pathOf());
    const [first, second] = run('a', 1, 2);
    await journal.append([beginning(first)]);
    rmSync(walOf());
    expect(await journal.append([following(first, second)])).toEqual(['appended']);
    rmSync(walOf());
    const snapshot = { accountId: 'a', id: 'snapshot', entry: markOf(second) };
    await journal.saveSnapshot(snapshot, partsOf('one', 'two'));
    expect(existsSync(walOf())).toBe(true);
    expect(await everything(journal, 'a')).toEqual([first, second]);
    expect(await journal.snapshotPart({ ...snapshot, parts: 2 }, 1)).toBe('two');
    expect(errors).toHaveLength(2);
    expect(errors[0]).toContain('-wal was removed while the server uses it');
    await journal.close();
  });

  test('is created again while the server is idle', async () => {
    const journal = await SqliteJournal.open(pathOf());
    await journal.append([beginning(transaction('a', 1))]);
    rmSync(walOf());
    while (!existsSync(walOf())) await new Promise((resolve) => setTimeout(resolve, 10));
    await journal.close();
  });

  test('is renamed to a free name if another file is at its path', async () => {
    const journal = await SqliteJournal.open(pathOf());
    const [first, second] = run('a', 1, 2);
    await journal.append([beginning(first)]);
    for (const content of ['the first', 'the second']) {
      rmSync(walOf());
      writeFileSync(walOf(), content);
      await journal.check();
    }
    expect(readFileSync(`${walOf()}.found-1`, 'utf8')).toBe('the first');
    expect(readFileSync(`${walOf()}.found-2`, 'utf8')).toBe('the second');
    await journal.append([following(first, second)]);
    await journal.close();
    expect(await reopened()).toEqual([first, second]);
  });

  test('is set aside if a link took its place, also one to the open WAL', async () => {
    const journal = await SqliteJournal.open(pathOf());
    const [first, second] = run('a', 1, 2);
    await journal.append([beginning(first)]);
    renameSync(walOf(), `${pathOf()}-elsewhere`);
    symlinkSync(`${pathOf()}-elsewhere`, walOf());
    await journal.append([following(first, second)]);
    await journal.close();
    expect(await reopened()).toEqual([first, second]);
  });

  test('leaves a copy while another program reads, and is created again afterwards', async () => {
    const { journal, errors } = await openLogged(pathOf());
    const [first, second, third] = run('a', 1, 3);
    await journal.append([beginning(first)]);
    const reader = await startReader();
    await journal.append([following(first, second)]);
    const bytes = readFileSync(walOf());
    rmSync(walOf());
    const append = () => journal.append([following(second, third)]);
    await expect(append()).rejects.toThrow(JournalUnavailable);
    await expect(append()).rejects.toThrow(/a program is reading the database/);
    expect(readFileSync(walOf()).equals(bytes)).toBe(true);
    expect(await everything(journal, 'a')).toEqual([first, second]);
    await reader.kill();
    expect(await append()).toEqual(['appended']);
    expect(readdirSync(folder()).filter((name) => name.includes('found'))).toEqual([]);
    expect(errors).toHaveLength(2);
    await journal.close();
    expect(await reopened()).toEqual([first, second, third]);
  });
});

async function reopened(): Promise<unknown[]> {
  const journal = await SqliteJournal.open(pathOf());
  const entries = await everything(journal, 'a');
  await journal.close();
  return entries;
}

test('a link to the WAL in its place is replaced by a file, as SQLite follows none', async () => {
  const journal = await SqliteJournal.open(pathOf());
  const [first, second] = run('a', 1, 2);
  await journal.append([beginning(first)]);
  renameSync(walOf(), `${walOf()}-away`);
  symlinkSync(`${walOf()}-away`, walOf());
  expect(await journal.append([following(first, second)])).toEqual(['appended']);
  expect(lstatSync(walOf()).isFile()).toBe(true);
  await journal.close();
});
