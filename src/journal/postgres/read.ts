import type { Entry } from '../../ledger/entry';
import { type EntryRow, entryColumns, entryOf } from '../entry-row';
import type { AccountRange, CatchUp, CaughtUp, EntryPlace, EntryRange } from '../journal';
import type { Row, Statement } from './session';

export const columns = entryColumns.map((column) => `entry.${column}`).join(', ');

/** What a row of a catch-up is there for. */
const uses = { entry: 'entry', first: 'first', keyed: 'keyed' } as const;

/** Of a snapshot's head, before the columns of an entry; null but in the arm that reads them. */
const headColumns = 'snapshot.id, snapshot.sequence, snapshot.entry_id, snapshot.parts';
const noHead = 'NULL::text, NULL::bigint, NULL::text, NULL::integer';

const noEntry = entryColumns.map(() => 'NULL').join(', ');
const places = 'unnest($1::text[], $2::bigint[], $3::integer[])';

/*
 * Sequences have no gap, so a bound on them is a limit on the rows of each account. The places
 * stand in a function's rows, so that every account is one walk of an index, see `beginByIndex`. There
 * are no outer joins, which distributed tables do not take with a function on their outer side.
 */
const known = `
  SELECT place.number, '${uses.entry}', ${noHead}, ${columns}
  FROM ${places} AS place (account_id, sequence, number)
  JOIN entry ON entry.account_id = place.account_id
    AND entry.sequence BETWEEN place.sequence AND place.sequence + $4`;

/**
 * Of accounts that are not in memory: the snapshot with the entries from there on, and the entries
 * from the first on, of which those behind a snapshot are read in vain. To leave them out here
 * would take a condition on the entry, and where the planner believes that it holds for few it
 * reads all entries there are. So too for the first sequence, which therefore stands in the rows.
 */
const unknown = `
  SELECT place.number, '${uses.entry}', ${headColumns}, ${noEntry}
  FROM unnest($1::text[], $2::integer[]) AS place (account_id, number)
  JOIN snapshot ON snapshot.account_id = place.account_id
  UNION ALL
  SELECT place.number, '${uses.entry}', ${noHead}, ${columns}
  FROM unnest($1::text[], $2::integer[]) AS place (account_id, number)
  JOIN snapshot ON snapshot.account_id = place.account_id
  JOIN entry ON entry.account_id = place.account_id AND entry.account_id = snapshot.account_id
    AND entry.sequence BETWEEN snapshot.sequence AND snapshot.sequence + $3
  UNION ALL
  SELECT place.number, '${uses.first}', ${noHead}, ${columns}
  FROM unnest($1::text[], $2::integer[], $4::bigint[]) AS place (account_id, number, first)
  JOIN entry ON entry.account_id = place.account_id
    AND entry.sequence BETWEEN place.first AND place.first + $3`;

const keyed = `
  SELECT request.number, '${uses.keyed}', ${noHead}, ${columns}
  FROM unnest($1::text[], $2::text[], $3::integer[]) AS request (account_id, key, number)
  JOIN entry ON entry.account_id = request.account_id AND entry.idempotency_key = request.key`;

/** Asks for what a catch-up needs, in one statement of as many parts as it takes. */
export function catchUpStatement(requests: readonly CatchUp[], entriesMax: number): Statement {
  const parts = [
    knownPart(requests, entriesMax),
    unknownPart(requests, entriesMax),
    keyedPart(requests),
  ].flatMap((part) => part ?? []);
  const values: unknown[] = [];
  const texts = parts.map((part) => {
    const offset = values.length;
    values.push(...part.values!);
    return part.text.replace(/\$(\d)/g, (_match, number) => `$${Number(number) + offset}`);
  });
  return { text: texts.join('\n  UNION ALL'), values };
}

/** The id of an entry in a row of a catch-up. */
export function entryIdOf(row: Row): unknown {
  return row[6 + entryColumns.indexOf('id')];
}

/**
 * What the rows of a catch-up tell. A database without one moment over its parts may find a key
 * behind the entries that it has read, or not find one that is among them: the first is told as
 * more to come, the second is added.
 */
export function caughtUpOf(
  requests: readonly CatchUp[],
  entriesMax: number,
  rows: readonly Row[],
): CaughtUp[] {
  const found = requests.map((): Found => ({ head: null, rows: [], firsts: [], keyed: [] }));
  for (const [number, use, id, sequence, entryId, count, ...row] of rows) {
    const place = found[number as number]!;
    if (id !== null) place.head = [id, sequence, entryId, count] as unknown as HeadRow;
    else if (use === uses.keyed) place.keyed.push(row as unknown as EntryRow);
    else if (use === uses.first) place.firsts.push(row as unknown as EntryRow);
    else place.rows.push(row as unknown as EntryRow);
  }
  return found.map((place, index) => answerOf(requests[index]!, place, entriesMax));
}

type HeadRow = readonly [id: string, sequence: number, entryId: string, parts: number];

interface Found {
  head: HeadRow | null;
  readonly rows: EntryRow[];
  /** From the account's beginning on: only if there is no snapshot. */
  readonly firsts: EntryRow[];
  readonly keyed: EntryRow[];
}

function answerOf(
  { accountId, keys }: CatchUp,
  { head, rows, firsts, keyed: keyedRows }: Found,
  entriesMax: number,
): CaughtUp {
  const entries = [...rows, ...(head === null ? firsts : [])].map(entryOf);
  entries.sort((left, right) => left.sequence - right.sequence);
  const byId = new Map<string, Entry>();
  for (const entry of keyedRows.map(entryOf)) byId.set(entry.id, entry);
  const wanted = new Set(keys);
  for (const entry of wanted.size > 0 ? entries : []) {
    if (entry.idempotencyKey !== null && wanted.has(entry.idempotencyKey))
      byId.set(entry.id, entry);
  }
  const last = entries.at(-1)?.sequence ?? 0;
  const isBehind = [...byId.values()].some(({ sequence }) => sequence > last);
  return {
    snapshot: head && {
      accountId,
      id: head[0],
      entry: { sequence: head[1], id: head[2] },
      parts: head[3],
    },
    entries: entries.slice(0, entriesMax),
    more: entries.length > entriesMax || isBehind,
    keyed: [...byId.values()],
  };
}

function knownPart(requests: readonly CatchUp[], entriesMax: number): Statement | null {
  const numbers = numbersOf(requests, (request) => request.known !== null);
  if (numbers.length === 0) return null;
  const accountIds = numbers.map((number) => requests[number]!.accountId);
  const sequences = numbers.map((number) => requests[number]!.known!.sequence);
  return { text: known, values: [accountIds, sequences, numbers, entriesMax] };
}

function unknownPart(requests: readonly CatchUp[], entriesMax: number): Statement | null {
  const numbers = numbersOf(requests, (request) => request.known === null);
  if (numbers.length === 0) return null;
  const accountIds = numbers.map((number) => requests[number]!.accountId);
  return { text: unknown, values: [accountIds, numbers, entriesMax, numbers.map(() => 1)] };
}

function keyedPart(requests: readonly CatchUp[]): Statement | null {
  const wanted = requests.flatMap(({ accountId, keys }, number) =>
    Array.from(new Set(keys), (key) => ({ accountId, key, number })),
  );
  if (wanted.length === 0) return null;
  const accountIds = wanted.map(({ accountId }) => accountId);
  const keys = wanted.map(({ key }) => key);
  return { text: keyed, values: [accountIds, keys, wanted.map(({ number }) => number)] };
}

function numbersOf(requests: readonly CatchUp[], isMeant: (request: CatchUp) => boolean): number[] {
  return requests.flatMap((request, number) => (isMeant(request) ? number : []));
}

/** A run of one account's entries; a match is a row of an entry. */
export function entriesStatement({ accountId, from, to, order, limit }: EntryRange): Statement {
  const text = `
    SELECT ${columns} FROM entry WHERE account_id = $1 AND sequence BETWEEN $2 AND $3
    ORDER BY sequence ${order === 'ascending' ? 'ASC' : 'DESC'} LIMIT $4`;
  return { text, values: [accountId, from, to, limit] };
}

/** Entries at places; a match answers its place's number first. */
export function entriesAtStatement(places: readonly EntryPlace[]): Statement {
  return atPlaces(columns, places);
}

/** The ids of entries at places; a match answers its place's number first. */
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
export function accountsStatement({ after, before, order, limit }: AccountRange): Statement {
  const text = `
    SELECT account_id FROM entry
    WHERE sequence = 1
      AND ($1::text IS NULL OR account_id > $1) AND ($2::text IS NULL OR account_id < $2)
    ORDER BY account_id ${order === 'ascending' ? 'ASC' : 'DESC'} LIMIT $3`;
  return { text, values: [after, before, limit] };
}
