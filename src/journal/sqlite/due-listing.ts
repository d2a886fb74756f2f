import { setImmediate as nextIteration } from 'node:timers/promises';
import { type DateRow, readDates, readNewestRow, readUnlisted, type UnlistedPart } from './due';
import { insertRows } from './insert';
import type { SqliteStore } from './store';

/** Entries whose dates are inserted in one order: with fewer, each page of the table has less. */
const partMax = 16_384;
/** Entries that are read at a time, between which requests are served. */
const readMax = 4_096;
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
    const part = store.read(() => readUnlisted(store.connection, until, partMax));
    if (part === null) return;
    for (const step of stepsOf(store, write, part)) {
      step();
      await nextIteration();
      signal?.throwIfAborted();
    }
  }
}

/** Returns what lists a part: reads, transactions that insert some rows each, and then the mark. */
function* stepsOf(store: SqliteStore, write: Write, part: UnlistedPart): Generator<() => void> {
  const { connection } = store;
  const dates: DateRow[] = [];
  for (let { after } = part; after < part.last; after += readMax) {
    const range = { after, last: Math.min(after + readMax, part.last) };
    yield () => void dates.push(...store.read(() => readDates(connection, range)));
  }
  // About as in the table, so that rows that follow each other are on the same page.
  dates.sort(byInstant);
  for (let from = 0; from < dates.length; from += insertedMax) {
    const rows = dates.slice(from, from + insertedMax);
    // Some may be listed already.
    yield () =>
      write(() => insertRows(connection, 'INSERT OR IGNORE INTO due_row', columns, rows, asIs));
  }
  yield () => write(() => void connection.statement(replaceMark).run(part.last, part.lastId));
}

/** Keeps the accounts of an instant in the order of each read. */
function byInstant([left]: DateRow, [right]: DateRow): number {
  return left - right;
}

const columns = ['at', 'account_id'];
const asIs = (row: DateRow) => row;
