import type { MigratedDatabase, MigrationStep } from './upgrade-entries';

/** Rows that are inserted at a time. */
const listedMax = 50_000;
/** Period of the progress in the log, in milliseconds. */
const progressMs = 2_000;

/** A view has the name `due`. The key begins with the instant, in the order of the sweep. */
const createTable = `
  CREATE TABLE due_row (
    at INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    PRIMARY KEY (at, account_id)
  ) STRICT, WITHOUT ROWID`;

const pageOf = (column: string) => `
  SELECT ${column}, account_id FROM entry
  WHERE ${column} IS NOT NULL AND (${column}, account_id) > (?1, ?2)`;

/** SQLite merges the two indexes of dates and skips what is repeated, so nothing is sorted. */
const insertPage = `
  INSERT INTO due_row (at, account_id)
  ${pageOf('expires_at')} UNION ${pageOf('available_from')}
  ORDER BY 1, 2 LIMIT ${listedMax}`;
const lastListed = 'SELECT at, account_id FROM due_row ORDER BY at DESC, account_id DESC LIMIT 1';

const dropIndexes = 'DROP INDEX entry_expires_at; DROP INDEX entry_available_from;';

/**
 * Replaces the two indexes of dates, which have a row per grant, by a table with a row per instant
 * and account, within the caller's transaction. O(entries with dates). `insertEntries` fills the
 * table: triggers would take a microsecond of every entry that is inserted, with dates or without.
 */
export const listDue: MigrationStep = (database, logger) => {
  database.exec(createTable);
  let rows = 0;
  let loggedAt = performance.now();
  let last: readonly unknown[] = [Number.MIN_SAFE_INTEGER, ''];
  for (;;) {
    const { changes } = database.statement(insertPage).run(...last);
    rows += changes;
    if (changes < listedMax) break;
    last = lastOf(database);
    if (performance.now() - loggedAt < progressMs) continue;
    loggedAt = performance.now();
    logger.info({ rows }, 'Listing what is due; if the process ends, the next start begins again');
  }
  database.exec(dropIndexes);
};

/** Uses `all`, since `get` leaves the statement active, and no index is dropped while one is. */
function lastOf(database: MigratedDatabase): readonly unknown[] {
  return (database.statement(lastListed).all() as (readonly unknown[])[])[0]!;
}
