import type { SqliteConnection } from './connection';

const selectMark = 'SELECT mark FROM sweep';
const replaceMark = 'REPLACE INTO sweep (number, mark) VALUES (1, ?)';

/**
 * Returns how far everything is recorded, null before the first sweep.
 * @throws the errors of SQLite.
 */
export function readMark(connection: SqliteConnection): number | null {
  const [row] = connection.statement(selectMark).all() as [number][];
  return row?.[0] ?? null;
}

/** @throws the errors of SQLite. */
export function storeMark(connection: SqliteConnection, mark: number): void {
  connection.statement(replaceMark).run(mark);
}
