import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Journal, JournalUnavailable, JournalUnusable } from '../../src/journal/journal';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { OpeningJournal } from '../../src/journal/opening-journal';
import { silentLogger } from '../../src/telemetry/logger';
import { describeJournal } from './contract/suite';
import { beginning, run } from './entries';

/** Opens as it is told, attempt by attempt: an error, or a journal. */
function opening(...attempts: (Error | Journal | Promise<Journal>)[]) {
  const told: unknown[] = [];
  const lines: string[] = [];
  const waits: (() => void)[] = [];
  const options = {
    logger: {
      ...silentLogger,
      warn: (fields: object) => lines.push((fields as { reason: string }).reason),
      info: (_fields: object, message: string) => lines.push(message),
    },
    onUnusable: (error: unknown) => told.push(error),
    wait: () => new Promise<void>((resolve) => waits.push(resolve)),
  };
  const open = async () => {
    const attempt = attempts.shift()!;
    if (attempt instanceof Error) throw attempt;
    return attempt;
  };
  return {
    told,
    lines,
    journal: OpeningJournal.open(open, options),
    /** Lets the next attempt be made. */
    async retry() {
      waits.shift()?.();
      await nextTurn();
    },
    isTrying: () => waits.length > 0,
  };
}

const away = (message = 'refused') => new JournalUnavailable(message);

test('a store that is there is answered as it is', async () => {
  const store = new MemoryJournal({ shared: true });
  expect(await opening(store).journal).toBe(store);
});

test('until the store is there every call is refused, and then served', async () => {
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

test('the log is told that it waits, why when that changes, and that it is over', async () => {
  const { lines, journal, retry } = opening(
    away('one'),
    away('one'),
    away('two'),
    new MemoryJournal(),
  );
  await journal;
  for (let attempt = 0; attempt < 3; attempt += 1) await retry();
  expect(lines).toEqual(['one', 'two', 'The database is there: requests are served']);
});

test('a store that cannot be used is told at once, at the start and later', async () => {
  const unusable = new JournalUnusable('too new');
  await expect(opening(unusable).journal).rejects.toBe(unusable);
  const { told, journal, retry, isTrying } = opening(away(), unusable);
  await journal;
  await retry();
  expect(told).toEqual([unusable]);
  expect(isTrying()).toBe(false);
});

test('closed while it waits, it tries no more; closed while it opens, it closes what it got', async () => {
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
  await nextTurn();
  expect(isClosed).toBe(true);
});

describeJournal('a store that came late', async () => {
  const { journal, retry } = opening(away(), new MemoryJournal({ shared: true }));
  const opened = await journal;
  await retry();
  return { journal: opened, dispose: () => opened.close() };
});
