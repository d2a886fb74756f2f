import { setImmediate as nextIteration } from 'node:timers/promises';
import { hasTurns, type Journal } from '../../src/journal/journal';
import { JournalUnavailable } from '../../src/journal/journal-error';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { OpeningJournal } from '../../src/journal/opening-journal';
import { OperatorError } from '../../src/operator-error';
import { silentLogger } from '../../src/telemetry/logger';
import { describeJournal } from './contract/suite';
import { beginning, run, transaction } from './entries';
import { ScriptedJournal } from './scripted-journal';

/** Opens a journal with these results of its attempts: an error, or a journal. */
function opening(...attempts: (Error | Journal | Promise<Journal>)[]) {
  const reported: unknown[] = [];
  const lines: string[] = [];
  const waits: (() => void)[] = [];
  const options = {
    logger: {
      ...silentLogger,
      warn: (fields: object) => lines.push((fields as { reason: string }).reason),
      info: (_fields: object, message: string) => lines.push(message),
    },
    onUnusable: (error: unknown) => reported.push(error),
    wait: () => new Promise<void>((resolve) => waits.push(resolve)),
  };
  const open = async () => {
    const attempt = attempts.shift()!;
    if (attempt instanceof Error) throw attempt;
    return attempt;
  };
  return {
    reported,
    lines,
    journal: OpeningJournal.open(open, options),
    /** Starts the next attempt. */
    async retry() {
      waits.shift()?.();
      await nextIteration();
    },
    isTrying: () => waits.length > 0,
  };
}

const away = (message = 'refused') => new JournalUnavailable(message);

test('a store that responds is returned unwrapped', async () => {
  const store = new MemoryJournal({ shared: true });
  expect(await opening(store).journal).toBe(store);
});

test('until the store responds every call is refused, and then served', async () => {
  const store = new MemoryJournal({ shared: true });
  const story = opening(away(), away(), store);
  const journal = await story.journal;
  await expect(journal.check()).rejects.toThrow(JournalUnavailable);
  await expect(journal.append([beginning(...run('m', 1, 2))])).rejects.toThrow('refused');
  await story.retry();
  await expect(journal.check()).rejects.toThrow(JournalUnavailable);
  await story.retry();
  await journal.check();
  expect(await journal.append([beginning(...run('m', 1, 2))])).toEqual(['appended']);
  expect(story.isTrying()).toBe(false);
});

test('the log reports the wait, each new reason, and the end', async () => {
  const { lines, journal, retry } = opening(
    away('one'),
    away('one'),
    away('two'),
    new MemoryJournal(),
  );
  await journal;
  for (let attempt = 0; attempt < 3; attempt += 1) await retry();
  expect(lines).toEqual(['one', 'two', 'The database responds: requests are served']);
});

test('the log is reminded every 30 s of a reason that stays the same', async () => {
  const { lines, journal, retry } = opening(...Array.from({ length: 130 }, () => away()));
  await journal;
  for (let attempt = 1; attempt <= 60; attempt += 1) await retry();
  expect(lines).toHaveLength(2);
  for (let attempt = 61; attempt <= 120; attempt += 1) await retry();
  expect(lines).toHaveLength(3);
});

test('closed while an attempt fails, it neither retries nor reports the failure', async () => {
  let fail = (_error: Error) => {};
  const failing = new Promise<Journal>((_resolve, reject) => {
    fail = reject;
  });
  const { reported, journal, retry, isTrying } = opening(away(), failing);
  const opened = await journal;
  await retry();
  await opened.close();
  fail(away());
  await nextIteration();
  expect(isTrying()).toBe(false);
  expect(reported).toEqual([]);
});

test('a store that cannot be used is reported at once, at the start and later', async () => {
  const unusable = new OperatorError('store', 'too new');
  await expect(opening(unusable).journal).rejects.toBe(unusable);
  const { reported, journal, retry, isTrying } = opening(away(), unusable);
  await journal;
  await retry();
  expect(reported).toEqual([unusable]);
  expect(isTrying()).toBe(false);
});

test('closed while it waits, it stops retrying; closed while it opens, it closes the opened journal', async () => {
  const early = opening(away(), new MemoryJournal());
  await (await early.journal).close();
  await early.retry();
  expect(early.isTrying()).toBe(false);
  expect(early.lines).toEqual(['refused']);

  const store = new MemoryJournal();
  let isClosed = false;
  store.close = async () => {
    isClosed = true;
  };
  let open = (_journal: Journal) => {};
  const opened = new Promise<Journal>((resolve) => {
    open = resolve;
  });
  const late = opening(away(), opened);
  const journal = await late.journal;
  await late.retry();
  await journal.close();
  expect(isClosed).toBe(false);
  open(store);
  await nextIteration();
  expect(isClosed).toBe(true);
});

describeJournal('a store that opened late', async () => {
  const { journal, retry } = opening(away(), new MemoryJournal({ shared: true }));
  const opened = await journal;
  await retry();
  return { journal: opened, dispose: () => opened.close() };
});

test('turns are taken in a store that has them, once it is open', async () => {
  const stores = [new MemoryJournal({ shared: true }), new ScriptedJournal(new MemoryJournal())];
  for (const store of stores) {
    const { journal, retry } = opening(away(), store);
    const opened = await journal;
    expect(hasTurns(opened)).toBe(false);
    await retry();
    expect(hasTurns(opened)).toBe(store instanceof ScriptedJournal);
    if (!hasTurns(opened)) continue;
    const append = beginning(transaction('a', 1));
    const request = { accountId: 'a', known: null, keys: [] };
    expect(await opened.appendAlone(request, 1, () => append)).toBe('appended');
  }
});
