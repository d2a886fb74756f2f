import type { Entry } from '../../ledger/entry';
import { columns, type EntryRow, entryOf, readColumns } from '../entry-row';
import type { CatchUp, CaughtUp } from '../journal';
import { headColumns, type SnapshotHeadRow, snapshotHeadOf } from '../snapshot-row';
import { accountFilter } from './read';
import type { Row, Statement } from './session';
import { type FoundTargets, nothingFound, targetParts, targetsOf } from './targets';

/*
 * Each statement joins the requested accounts, as rows of a function, with a table. Sequences have
 * no gap, so a bound on them limits the rows of each account.
 */

/** Reads the last known entry of accounts in memory, and what follows it. */
const known = `
  SELECT place.number, ${columns}
  FROM unnest($1::text[], $2::bigint[], $3::integer[]) AS place (account_id, sequence, number)
  JOIN entry ON entry.account_id = place.account_id
    AND entry.sequence BETWEEN place.sequence AND place.sequence + $4`;

const head = headColumns.map((column) => `snapshot.${column}`).join(', ');

/** Reads the snapshot heads of accounts that are not in memory. */
const heads = `
  SELECT place.number, ${head}
  FROM unnest($1::text[], $2::integer[]) AS place (account_id, number)
  JOIN snapshot ON snapshot.account_id = place.account_id`;

/**
 * Reads the entries from a snapshot on, each with the head of its snapshot: if the statements read
 * at different points in time, this snapshot may be newer than the one that was read before.
 */
const fromSnapshot = `
  SELECT place.number, ${head}, ${columns}
  FROM unnest($1::text[], $2::integer[]) AS place (account_id, number)
  JOIN snapshot ON snapshot.account_id = place.account_id
  JOIN entry ON entry.account_id = place.account_id AND entry.account_id = snapshot.account_id
    AND entry.sequence BETWEEN snapshot.sequence AND snapshot.sequence + $3`;

/**
 * Reads the same accounts from their first entry on, which accounts with a snapshot do not need. A
 * condition that excludes those would make the planner read all entries if it estimates that few
 * match. A constant first sequence would have the same effect, so it is in the rows.
 */
const fromFirst = `
  SELECT place.number, ${columns}
  FROM unnest($1::text[], $2::integer[], $4::bigint[]) AS place (account_id, number, first)
  JOIN entry ON entry.account_id = place.account_id
    AND entry.sequence BETWEEN place.first AND place.first + $3`;

const keyed = `
  SELECT request.number, ${columns}
  FROM unnest($1::text[], $2::text[], $3::integer[]) AS request (account_id, key, number)
  JOIN entry ON entry.account_id = request.account_id AND entry.idempotency_key = request.key`;

/** The statements of a catch-up, for one round trip, and how their rows are read. */
interface CatchUpPlan {
  readonly statements: readonly Statement[];
  /** @param results the rows of each statement. */
  read(results: readonly (readonly Row[])[]): CaughtUp[];
}

/**
 * Plans a catch-up. The order of the statements is heads of snapshots with their entries, entries,
 * keys, targets: each statement may read at its own point in time. It may then find a key or a
 * target's figures after the entries that it has read, which is returned as more to come, or miss
 * what is among them, which is added.
 * @param reservedId the id of a row that reserves a sequence: it is not an entry and is skipped.
 */
export function planCatchUp(
  requests: readonly CatchUp[],
  entriesMax: number,
  {
    reservedId = null,
    isDistributed = false,
  }: { readonly reservedId?: string | null; readonly isDistributed?: boolean } = {},
): CatchUpPlan {
  const parts = [
    ...unknownParts(requests, entriesMax, isDistributed),
    ...knownPart(requests, entriesMax, isDistributed),
    ...keyedPart(requests, isDistributed),
    ...targetParts(requests, isDistributed).map(({ statement, take }) => ({
      statement,
      take: ({ targets }: Found, row: Row) => take(targets, row),
    })),
  ];
  return {
    statements: parts.map(({ statement }) => ({ ...statement, isFrequent: reservedId === null })),
    read: (results) => {
      const found = requests.map(
        (): Found => ({
          head: null,
          rows: [],
          firsts: [],
          keyed: [],
          targets: nothingFound(),
        }),
      );
      for (const [index, { take }] of parts.entries()) {
        for (const [number, ...row] of results[index]!) {
          if (idOf(row) !== reservedId) take(found[number as number]!, row);
        }
      }
      return found.map((each, index) => caughtUpOf(requests[index]!, each, entriesMax));
    },
  };
}

/** Returns the entry's id; the entry's columns are the last ones of every row that has them. */
function idOf(row: Row): unknown {
  return row[row.length - readColumns.length + readColumns.indexOf('id')];
}

/** What was read for one request. */
interface Found {
  head: SnapshotHeadRow | null;
  readonly rows: EntryRow[];
  /** From the account's first entry on: used only if there is no snapshot. */
  readonly firsts: EntryRow[];
  readonly keyed: EntryRow[];
  readonly targets: FoundTargets;
}

interface Part {
  readonly statement: Statement;
  /** Takes one row of the statement, without the number of its request. */
  readonly take: (found: Found, row: Row) => void;
}

function unknownParts(
  requests: readonly CatchUp[],
  entriesMax: number,
  isDistributed: boolean,
): Part[] {
  const numbers = numbersOf(requests, (request) => request.known === null);
  if (numbers.length === 0) return [];
  const accountIds = numbers.map((number) => requests[number]!.accountId);
  const firsts = numbers.map(() => 1);
  const filter = (...tables: string[]) => accountFilter(isDistributed, numbers.length, ...tables);
  return [
    {
      statement: { text: heads + filter('snapshot'), values: [accountIds, numbers] },
      take: (found, row) => {
        found.head = row as unknown as SnapshotHeadRow;
      },
    },
    {
      statement: {
        text: fromSnapshot + filter('snapshot', 'entry'),
        values: [accountIds, numbers, entriesMax],
      },
      take: (found, row) => {
        found.head = row.slice(0, 4) as unknown as SnapshotHeadRow;
        found.rows.push(row.slice(4) as unknown as EntryRow);
      },
    },
    {
      statement: {
        text: fromFirst + filter('entry'),
        values: [accountIds, numbers, entriesMax, firsts],
      },
      take: (found, row) => found.firsts.push(row as unknown as EntryRow),
    },
  ];
}

function knownPart(
  requests: readonly CatchUp[],
  entriesMax: number,
  isDistributed: boolean,
): Part[] {
  const numbers = numbersOf(requests, (request) => request.known !== null);
  if (numbers.length === 0) return [];
  const accountIds = numbers.map((number) => requests[number]!.accountId);
  const sequences = numbers.map((number) => requests[number]!.known!.sequence);
  return [
    {
      statement: {
        text: known + accountFilter(isDistributed, numbers.length, 'entry'),
        values: [accountIds, sequences, numbers, entriesMax],
      },
      take: (found, row) => found.rows.push(row as unknown as EntryRow),
    },
  ];
}

function keyedPart(requests: readonly CatchUp[], isDistributed: boolean): Part[] {
  const wanted = requests.flatMap(({ accountId, keys }, number) =>
    Array.from(new Set(keys), (key) => ({ accountId, key, number })),
  );
  if (wanted.length === 0) return [];
  const accountIds = wanted.map(({ accountId }) => accountId);
  const keys = wanted.map(({ key }) => key);
  const numbers = wanted.map(({ number }) => number);
  return [
    {
      statement: {
        text: keyed + accountFilter(isDistributed, wanted.length, 'entry'),
        values: [accountIds, keys, numbers],
      },
      take: (found, row) => found.keyed.push(row as unknown as EntryRow),
    },
  ];
}

function numbersOf(
  requests: readonly CatchUp[],
  isIncluded: (request: CatchUp) => boolean,
): number[] {
  return requests.flatMap((request, number) => (isIncluded(request) ? number : []));
}

function caughtUpOf(
  { accountId, known: knownMark, keys, targets: sequences }: CatchUp,
  { head, rows, firsts, keyed: keyedRows, targets: found }: Found,
  entriesMax: number,
): CaughtUp {
  const entries = [...rows, ...(head === null ? firsts : [])].map(entryOf);
  entries.sort((left, right) => left.sequence - right.sequence);
  const byId = entriesWithKeys(keyedRows, entries, keys);
  const { targets, last: lastFound } = targetsOf(sequences ?? [], found, entries);
  const last = entries.at(-1)?.sequence ?? knownMark?.sequence ?? 0;
  const isBehind = lastFound > last || [...byId.values()].some(({ sequence }) => sequence > last);
  return {
    snapshot: head && snapshotHeadOf(accountId, head),
    entries: entries.slice(0, entriesMax),
    more: entries.length > entriesMax || isBehind,
    keyed: [...byId.values()],
    ...(sequences === undefined ? {} : { targets }),
  };
}

function entriesWithKeys(
  rows: readonly EntryRow[],
  entries: readonly Entry[],
  keys: readonly string[],
): Map<string, Entry> {
  const byId = new Map<string, Entry>();
  for (const entry of rows.map(entryOf)) byId.set(entry.id, entry);
  const wanted = new Set(keys);
  for (const entry of wanted.size > 0 ? entries : []) {
    if (entry.idempotencyKey !== null && wanted.has(entry.idempotencyKey))
      byId.set(entry.id, entry);
  }
  return byId;
}
