import { accountBounds } from '../account-bounds';
import { entryColumns } from '../entry-row';
import type { AccountRange, EntryPlace, EntryRange } from '../journal';
import type { Statement } from './session';

/** The columns of an entry, in the order of `EntryRow`. */
export const columns = entryColumns.map((column) => `entry.${column}`).join(', ');

/** Reads a run of one account's entries. Each row is an entry. */
export function entriesStatement({ accountId, from, to, order, limit }: EntryRange): Statement {
  const text = `
    SELECT ${columns} FROM entry WHERE account_id = $1 AND sequence BETWEEN $2 AND $3
    ORDER BY sequence ${order === 'ascending' ? 'ASC' : 'DESC'} LIMIT $4`;
  return { text, values: [accountId, from, to, limit] };
}

/** Reads the entries at places. Each row is the number of its place, then the entry. */
export function entriesAtStatement(places: readonly EntryPlace[]): Statement {
  return atPlaces(columns, places);
}

/** Reads the ids of the entries at places. Each row is the number of its place, then the id. */
export function idsAtStatement(places: readonly EntryPlace[]): Statement {
  return atPlaces('entry.id', places);
}

function atPlaces(selected: string, places: readonly EntryPlace[]): Statement {
  const text = `
    SELECT place.number, ${selected}
    FROM unnest($1::text[], $2::bigint[], $3::integer[]) AS place (account_id, sequence, number)
    JOIN entry ON entry.account_id = place.account_id AND entry.sequence = place.sequence`;
  return {
    text,
    values: [
      places.map(({ accountId }) => accountId),
      places.map(({ sequence }) => sequence),
      places.map((_place, number) => number),
    ],
  };
}

/** Walks the index of first entries; the column's collation compares by code point. */
export function accountsStatement(range: AccountRange): Statement {
  const { order, limit } = range;
  const { from, after, before } = accountBounds(range);
  const values: unknown[] = [limit];
  const bound = (operator: string, id: string | null) =>
    id === null ? '' : `AND account_id ${operator} $${values.push(id)}`;
  // Only the bounds that are given: with `$2 IS NULL OR …`, a generic plan cannot use the index.
  const text = `
    SELECT account_id FROM entry
    WHERE sequence = 1 ${bound('>=', from)} ${bound('>', after)} ${bound('<', before)}
    ORDER BY account_id ${order === 'ascending' ? 'ASC' : 'DESC'} LIMIT $1`;
  return { text, values };
}
