import { compareDue } from '../due-order';
import type { DuePlace, DueRange } from '../journal';
import type { SqliteConnection } from './connection';

/** Reads the first pair after another one, from one of the indexes of dates. */
const nextIn = (column: 'expires_at' | 'available_from') => `
  SELECT ${column}, account_id FROM entry
  WHERE ${column} IS NOT NULL AND (${column}, account_id) > (?, ?)
  ORDER BY ${column}, account_id LIMIT 1`;

/** No account id is empty, so the empty text sorts before the first. */
const first: DuePlace = { at: Number.MIN_SAFE_INTEGER, accountId: '' };

/**
 * Implements {@link Journal.due}: merges the two indexes of dates. Each pair is looked up, since a
 * million lots of one account may expire at one instant, and the process would wait while they are
 * read. O(places log entries).
 * @throws the errors of SQLite.
 */
export function readDue(
  connection: SqliteConnection,
  { after, until, limit }: DueRange,
): DuePlace[] {
  const places: DuePlace[] = [];
  const cursors = [nextIn('expires_at'), nextIn('available_from')].map((text) => {
    const statement = connection.statement(text);
    return (place: DuePlace): DuePlace | null => {
      const [row] = statement.all(place.at, place.accountId) as [number, string][];
      return row === undefined ? null : { at: row[0], accountId: row[1] };
    };
  });
  const heads = cursors.map((next) => next(after ?? first));
  while (places.length < limit) {
    const place = heads.filter((head) => head !== null).sort(compareDue)[0];
    if (place === undefined || place.at > until) break;
    places.push(place);
    for (const [index, head] of heads.entries()) {
      if (head !== null && compareDue(head, place) === 0) heads[index] = cursors[index]!(place);
    }
  }
  return places;
}
