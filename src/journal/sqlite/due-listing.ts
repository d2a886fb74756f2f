import { setImmediate as nextIteration } from 'node:timers/promises';
import { type DateRow, readDates, readUnlisted, type UnlistedPart } from './due';
import { insertRows } from './insert';
import type { SqliteStore } from './store';

/** Entries that are read at a time: with more, each costs less, but the process waits longer. */
const readMax = 16_384;
/** Rows of one transaction, between which requests are served. */
const insertedMax = 1_024;

const replaceMark = 'REPLACE INTO due_mark (number, entry_row, entry_id) VALUES (1, ?, ?)';

/**
 * Lists the dates of all entries. Rejects as reads and writes of the store do, or with the reason
 * of the signal; what is listed by then stays. O(entries since the last call), in short
 * transactions.
 */
export async function listDueDates(store: SqliteStore, signal?: AbortSignal): Promise<void> {
  for (;;) {
    const part = store.read(() => readUnlisted(store.connection, readMax));
    if (part === null) return;
    await listPart(store, part, signal);
  }
}

async function listPart(
  store: SqliteStore,
  part: UnlistedPart,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { connection } = store;
  // In the order of the table, so that rows that follow each other are on the same page.
  const dates = store.read(() => readDates(connection, part));
  for (let from = 0; from < dates.length; from += insertedMax) {
    const rows = dates.slice(from, from + insertedMax);
    // Some may be listed already.
    store.write(() => insertRows(connection, 'INSERT OR IGNORE INTO due_row', columns, rows, asIs));
    await nextIteration();
    signal?.throwIfAborted();
  }
  store.write(() => connection.statement(replaceMark).run(part.last, part.lastId));
  await nextIteration();
  signal?.throwIfAborted();
}

const columns = ['at', 'account_id'];
const asIs = (row: DateRow) => row;
