import { accountBounds } from '../account-bounds';
import { columns } from '../entry-row';
import type { AccountRange, EntryPlace, EntryRange } from '../journal';
import type { Statement } from './session';

/** Above this number of accounts, reading all shards of a distributed table costs less. */
const filteredMax = 64;

/**
 * Returns a condition that repeats the accounts of a join, which are in the parameter `$1`, so that
 * Citus reads only their shards. Empty if it would not help: on a plain table, the planner could
 * combine each row of the join with each account.
 */
export function accountFilter(
  isDistributed: boolean,
  accounts: number,
  ...tables: readonly string[]
): string {
  if (!isDistributed || accounts > filteredMax) return '';
  return ` WHERE ${tables.map((table) => `${table}.account_id = ANY ($1::text[])`).join(' AND ')}`;
}

/** Makes the statement that reads a range of one account's entries. Each row is an entry. */
export function entriesStatement(range: EntryRange): Statement {
  const { accountId, from, to, order, limit, naming } = range;
  const direction = order === 'ascending' ? 'ASC' : 'DESC';
  const values = [accountId, from, to, limit];
  if (naming !== undefined) return { text: namingText(direction), values: [...values, naming] };
  const text = `
    SELECT ${columns} FROM entry WHERE account_id = $1 AND sequence BETWEEN $2 AND $3
    ORDER BY sequence ${direction} LIMIT $4`;
  return { text, values, isFrequent: true };
}

/**
 * Merges sequences in the order of three indexes, so it reads few that it does not return. An entry
 * may have several rows of a lot. A hold ends once: its part needs no limit, and with one the
 * planner could walk over all lapse rows.
 */
function namingText(direction: 'ASC' | 'DESC'): string {
  const page = `AND sequence BETWEEN $2 AND $3 ORDER BY sequence ${direction} LIMIT $4`;
  return `
    SELECT ${columns} FROM (
      (SELECT sequence FROM entry WHERE account_id = $1 AND target_sequence = $5 ${page})
      UNION
      (SELECT DISTINCT sequence FROM lapse_row WHERE account_id = $1 AND lot_sequence = $5 ${page})
      UNION
      (SELECT sequence FROM lapse_row
        WHERE account_id = $1 AND hold_sequence = $5 AND sequence BETWEEN $2 AND $3)
      ORDER BY sequence ${direction} LIMIT $4
    ) AS naming
    JOIN entry ON entry.account_id = $1 AND entry.sequence = naming.sequence
    ORDER BY naming.sequence ${direction}`;
}

/**
 * Makes the statement that reads entries by place. Each row is the place's index, then the entry.
 */
export function entriesAtStatement(
  places: readonly EntryPlace[],
  isDistributed = false,
): Statement {
  return atPlaces(columns, places, isDistributed);
}

/** Makes the statement that reads ids by place. Each row is the place's index, then the id. */
export function idsAtStatement(places: readonly EntryPlace[], isDistributed = false): Statement {
  return atPlaces('entry.id', places, isDistributed);
}

function atPlaces(
  selected: string,
  places: readonly EntryPlace[],
  isDistributed: boolean,
): Statement {
  const text = `
    SELECT place.number, ${selected}
    FROM unnest($1::text[], $2::bigint[], $3::integer[]) AS place (account_id, sequence, number)
    JOIN entry ON entry.account_id = place.account_id AND entry.sequence = place.sequence
    ${accountFilter(isDistributed, places.length, 'entry')}`;
  return { text, isFrequent: true, values: placeValues(places) };
}

/** Returns places as the parameters of a join: accounts, sequences, and indexes. */
function placeValues(places: readonly EntryPlace[]): unknown[] {
  return [
    places.map(({ accountId }) => accountId),
    places.map(({ sequence }) => sequence),
    places.map((_place, number) => number),
  ];
}

/**
 * Makes the statement that reads the newest entry that names each place, through its index. The
 * entry that is named is joined too: Citus does not push down a LIMIT in a subquery that depends on
 * the rows of a function. Each row is the place's index, then the entry.
 */
export function newestNamingStatement(
  places: readonly EntryPlace[],
  isDistributed = false,
): Statement {
  const text = `
    SELECT place.number, ${columns}
    FROM unnest($1::text[], $2::bigint[], $3::integer[]) AS place (account_id, sequence, number)
    JOIN entry AS named
      ON named.account_id = place.account_id AND named.sequence = place.sequence
    CROSS JOIN LATERAL (
      SELECT * FROM entry AS naming
      WHERE naming.account_id = named.account_id AND naming.target_sequence = named.sequence
      ORDER BY naming.sequence DESC LIMIT 1
    ) AS entry
    ${accountFilter(isDistributed, places.length, 'named')}`;
  return { text, isFrequent: true, values: placeValues(places) };
}

/** Makes the statement that lists accounts, by the index of first entries, in code point order. */
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
