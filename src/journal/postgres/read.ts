import { columns } from '../entry-row';
import type { AccountRange, EntryPlace, EntryRange } from '../journal';
import type { Statement } from './session';

/** Makes the statement that reads a range of one account's entries. Each row is an entry. */
export function entriesStatement({ accountId, from, to, order, limit }: EntryRange): Statement {
  const text = `
    SELECT ${columns} FROM entry WHERE account_id = $1 AND sequence BETWEEN $2 AND $3
    ORDER BY sequence ${order === 'ascending' ? 'ASC' : 'DESC'} LIMIT $4`;
  return { text, values: [accountId, from, to, limit] };
}

/**
 * Makes the statement that reads entries by place. Each row is the place's index, then the entry.
 */
export function entriesAtStatement(places: readonly EntryPlace[]): Statement {
  return atPlaces(columns, places);
}

/** Makes the statement that reads ids by place. Each row is the place's index, then the id. */
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

/** Makes the statement that lists accounts, by the index of first entries, in code point order. */
export function accountsStatement({ after, before, order, limit }: AccountRange): Statement {
  const text = `
    SELECT account_id FROM entry
    WHERE sequence = 1
      AND ($1::text IS NULL OR account_id > $1) AND ($2::text IS NULL OR account_id < $2)
    ORDER BY account_id ${order === 'ascending' ? 'ASC' : 'DESC'} LIMIT $3`;
  return { text, values: [after, before, limit] };
}
