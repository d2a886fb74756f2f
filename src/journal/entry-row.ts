import { formatOf } from '../ledger/canonical-form';
import type { Entry } from '../ledger/entry';
import { broken } from '../ledger/invariant';
import { storedAllocations } from './entry-details';
import { entryOfKind } from './entry-kinds';
import { UnknownEntry } from './journal-error';

/**
 * What a plain add or spend has, one value per column in the order of {@link entryColumns}.
 * Instants are milliseconds since 1970 UTC. `payer` and `timestamp` are null for entries of several
 * payers; `digest` is empty in format 1.
 */
export type PlainRow = readonly [
  accountId: string,
  sequence: number,
  id: string,
  format: number,
  kind: string,
  payer: string | null,
  points: number,
  timestamp: number | null,
  recordedAt: number,
  reference: string | null,
  idempotencyKey: string | null,
  allocations: string | null,
  digest: string,
];

/** An entry as it is read. `input` and `outcome` are JSON, see `entry-details.ts`. */
export type EntryRow = readonly [
  ...PlainRow,
  target: number | null,
  availableFrom: number | null,
  expiresAt: number | null,
  input: string | null,
  outcome: string | null,
  actor: string | null,
];

/** The columns of a plain add or spend, in the order of {@link PlainRow}. */
export const entryColumns = [
  'account_id',
  'sequence',
  'id',
  'format',
  'kind',
  'payer',
  'points',
  'timestamp',
  'recorded_at',
  'reference',
  'idempotency_key',
  'allocations',
  'digest',
] as const;

/** The columns of {@link EntryRow}. */
export const readColumns = [
  ...entryColumns,
  'target_sequence',
  'available_from',
  'expires_at',
  'input',
  'outcome',
  'actor',
] as const;

/** The columns of the table `entry` as a list for SELECT, in the order of {@link EntryRow}. */
export const columns = readColumns.map((column) => `entry.${column}`).join(', ');

/** The newest format of a row that this program knows. */
const knownFormat = 2;

/**
 * Returns what every entry has, as a row. One without a digest was restored from a store of format
 * 1.
 */
export function rowOf(entry: Entry): PlainRow {
  const { accountId, sequence, id, kind, points, recordedAt, reference, idempotencyKey } = entry;
  const { digest } = entry;
  const isOfPayer = entry.kind === 'transaction' || entry.kind === 'transactionReversal';
  return [
    accountId,
    sequence,
    id,
    formatOf(entry),
    kind,
    isOfPayer ? entry.payer : null,
    points,
    isOfPayer ? entry.timestamp : null,
    recordedAt,
    reference,
    idempotencyKey,
    'allocations' in entry ? JSON.stringify(storedAllocations(entry.allocations)) : null,
    digest ?? '',
  ];
}

/**
 * Reads a row.
 * @throws UnknownEntry if the row has a newer format, a kind or a value that this program does not
 *   know: a balance without its meaning would be wrong.
 */
export function entryOf(row: EntryRow): Entry {
  const [accountId, sequence, , , kind] = row;
  try {
    const unknown = unknownPart(row);
    if (unknown !== null) throw new UnknownEntry('store', unknown);
    const entry = knownEntryOf(row);
    if (entry !== null) return entry;
  } catch (error) {
    if (!(error instanceof UnknownEntry)) throw error;
    throw new UnknownEntry('store', newerMessage(row, error.message));
  }
  return broken(`entry ${sequence} of account ${JSON.stringify(accountId)} is no ${kind}`);
}

/** Returns null if the row lacks a value that its kind has. */
function knownEntryOf(row: EntryRow): Entry | null {
  const [accountId, sequence, id, , kind, payer, points, timestamp, recordedAt] = row;
  const [, , , , , , , , , reference, idempotencyKey, allocations, digestText] = row;
  const digest = digestText === '' ? null : digestText;
  const known = { id, accountId, sequence, recordedAt, reference, idempotencyKey, points, digest };
  const [, , , , , , , , , , , , , , , , , , actor] = row;
  const common = actor === null ? known : { ...known, actor };
  if (kind === 'transaction') {
    if (payer === null || timestamp === null) return null;
    return { ...common, kind, payer, timestamp, ...datesOf(row) };
  }
  const [, , , , , , , , , , , , , target, , expiresAt, input, outcome] = row;
  if (kind === 'spend' && target === null && input === null) {
    return allocations === null ? null : { ...common, kind, allocations: JSON.parse(allocations) };
  }
  const values = { payer, timestamp, allocations, target, expiresAt, input, outcome };
  return entryOfKind(kind, common, values);
}

/** Returns the dates that a grant has. */
function datesOf(row: EntryRow): { readonly availableFrom?: number; readonly expiresAt?: number } {
  const [, , , , , , , , , , , , , , availableFrom, expiresAt] = row;
  if (availableFrom === null) return expiresAt === null ? {} : { expiresAt };
  return expiresAt === null ? { availableFrom } : { availableFrom, expiresAt };
}

/** The columns after the plain ones that each kind uses; the last one is of no kind. */
const laterColumnsOf: Readonly<Record<Entry['kind'], readonly string[]>> = {
  transaction: ['available_from', 'expires_at', 'actor'],
  spend: ['target_sequence', 'input', 'outcome', 'actor'],
  hold: ['expires_at', 'input', 'actor'],
  release: ['target_sequence', 'outcome', 'actor'],
  spendReversal: ['target_sequence', 'input', 'outcome', 'actor'],
  transactionReversal: ['target_sequence', 'input', 'outcome', 'actor'],
  lapse: ['outcome'],
};

/** Returns what a newer version has put into a row, null if nothing. */
function unknownPart(row: EntryRow): string | null {
  const [, , , format, kind] = row;
  if (format > knownFormat) return `has format ${format}`;
  if (!Object.hasOwn(laterColumnsOf, kind)) return `is of kind ${JSON.stringify(kind)}`;
  const known = laterColumnsOf[kind as Entry['kind']];
  for (let at = entryColumns.length; at < row.length; at += 1) {
    if (row[at] !== null && !known.includes(readColumns[at]!)) {
      return `has a value in ${readColumns[at]}`;
    }
  }
  const [, , , , , , , , , , , , , target, , , , outcome] = row;
  return kind === 'spend' && target === null && outcome !== null ? 'has a value in outcome' : null;
}

function newerMessage([accountId, sequence]: EntryRow, unknown: string): string {
  return (
    `Entry ${sequence} of account ${JSON.stringify(accountId)} ${unknown}, which this program does ` +
    'not know: run the version that wrote it, or a newer one.'
  );
}
