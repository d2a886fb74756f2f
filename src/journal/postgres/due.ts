import { compareDue } from '../due-order';
import type { DuePlace, DueRange } from '../journal';
import type { Row, Statement } from './session';

/**
 * Makes the statements that read the first places from each of the two indexes of dates. On Citus
 * each shard returns its first places, and the coordinator merges them. Each row is an instant and
 * an account.
 */
export function dueStatements({ after, until, limit }: DueRange): Statement[] {
  const values: unknown[] = [until, limit];
  const isLater = (column: string) =>
    after === null ? '' : `AND (${column}, account_id) > ($3, $4)`;
  if (after !== null) values.push(after.at, after.accountId);
  return ['expires_at', 'available_from'].map((column) => ({
    text: `
      SELECT DISTINCT ${column}, account_id FROM entry
      WHERE ${column} IS NOT NULL AND ${column} <= $1 ${isLater(column)}
      ORDER BY ${column}, account_id LIMIT $2`,
    values,
  }));
}

/** Merges the rows of the statements. */
export function placesOf(results: readonly (readonly Row[])[], { limit }: DueRange): DuePlace[] {
  const places = results.flat().map(([at, accountId]) => ({
    at: at as number,
    accountId: accountId as string,
  }));
  places.sort(compareDue);
  return places
    .filter((place, index) => index === 0 || compareDue(places[index - 1]!, place) !== 0)
    .slice(0, limit);
}
