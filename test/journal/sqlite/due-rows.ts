import Database from 'libsql';
import type { DuePlace, Journal } from '../../../src/journal/journal';

/** Returns all places of a journal, read in pages. */
export async function allDue(journal: Journal, limit = 1_000): Promise<DuePlace[]> {
  const found: DuePlace[] = [];
  for (;;) {
    const after = found.at(-1) ?? null;
    const page = await journal.due({ after, until: Number.MAX_SAFE_INTEGER, limit });
    found.push(...page);
    if (page.length < limit) return found;
  }
}

/** Runs statements on a file, without the journal's ownership. */
export function execIn(path: string, sql: string): void {
  const database = new Database(path);
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}

/** Returns the value of a query on a file that no journal has open. */
export function valueIn(path: string, query: string): unknown {
  const database = new Database(path);
  try {
    return (database.prepare(query).raw().get() as [unknown])[0];
  } finally {
    database.close();
  }
}

/**
 * SQL that inserts grants into nine accounts, each with an end of its own, and every third with a
 * beginning.
 * @param number of the first, from which its account, sequence and dates follow.
 */
export const insertGrants = (first: number, grants: number) => `
  INSERT INTO entry (account_id, sequence, id, format, kind, payer, points, timestamp,
    recorded_at, digest, expires_at, available_from)
  SELECT 'account ' || (value % 9), 1 + value, value, 2, 'transaction', 'A', 1, 1, 1, 'd',
    ${firstEnd} + value * 7919 % 1000003, CASE WHEN value % 3 = 0 THEN value END
  FROM (WITH RECURSIVE number (value) AS (
    SELECT ${first} UNION ALL SELECT value + 1 FROM number WHERE value < ${first + grants - 1}
  ) SELECT value FROM number)`;

export const firstEnd = 1_900_000_000_000;

/** The places of so many grants of {@link insertGrants}. */
export const placesOf = (grants: number) => grants + Math.ceil(grants / 3);
