import { setImmediate as nextIteration } from 'node:timers/promises';
import { type DateRow, readDates, readNewestRow, readUnlisted, type UnlistedPart } from './due';
import { insertRows } from './insert';
import type { SqliteStore } from './store';

/** Entries that are read at a time: with more, each costs less, but the process waits longer. */
const readMax = 16_384;
/** Rows of one transaction, between which requests are served. */
const insertedMax = 1_024;

const replaceMark = 'REPLACE INTO due_mark (number, entry_row, entry_id) VALUES (1, ?, ?)';

/** Runs statements that write, in one transaction. */
type Write = (run: () => void) => void;

/**
 * Lists the dates of all entries that are stored when it is called: with those that follow, it
 * would not end while clients keep appending. Rejects as reads of the store and `write` do, or with
 * the reason of the signal; what is listed by then stays. O(entries since the last call), in short
 * transactions.
 */
export async function listDueDates(
  store: SqliteStore,
  write: Write,
  signal: AbortSignal | undefined,
): Promise<void> {
  const until = store.read(() => readNewestRow(store.connection));
  for (;;) {
    const part = store.read(() => readUnlisted(store.connection, until, readMax));
    if (part === null) return;
    for (const step of stepsOf(store, part)) {
      write(step);
      await nextIteration();
      signal?.throwIfAborted();
    }
  }
}

/** Returns the transactions that list a part: some rows each, and then the mark. */
function* stepsOf(store: SqliteStore, part: UnlistedPart): Generator<() => void> {
  const { connection } = store;
  // In the order of the table, so that rows that follow each other are on the same page.
  const dates = store.read(() => readDates(connection, part));
  for (let from = 0; from < dates.length; from += insertedMax) {
    const rows = dates.slice(from, from + insertedMax);
    // Some may be listed already.
    yield () => insertRows(connection, 'INSERT OR IGNORE INTO due_row', columns, rows, asIs);
  }
  yield () => void connection.statement(replaceMark).run(part.last, part.lastId);
}

const columns = ['at', 'account_id'];
const asIs = (row: DateRow) => row;
