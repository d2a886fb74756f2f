import type { Account } from './account';
import type { Undo } from './change';
import { invariant } from './invariant';
import type {
  BeginningRow,
  EndRow,
  ExpiryRow,
  LapseEntry,
  LapseRow,
  LapseTotals,
} from './lapse-entry';
import { applyRow, type Inverse, revert } from './lapse-rows';

/** The most rows of one lapse entry. If more are due, several entries are written. */
export const lapseRowsMax = 1_000;

export interface Lapsed {
  readonly entry: LapseEntry;
  readonly undo: Undo;
}

/**
 * Processes what is due at the time of the account, in place, and returns the entry that records
 * it; null if nothing is due. O(rows (log n + log P)), with at most `rowsMax` rows: the caller
 * calls again until nothing is due.
 * @param given the clock, and the id of the entry.
 */
export function lapse(
  account: Account,
  given: { readonly now: number; readonly id: string },
  rowsMax = lapseRowsMax,
): Lapsed | null {
  const { sequence, recordedAt } = account;
  const time = account.timeAt(given.now);
  if (account.nextDue > time) return null;
  const { rows, undo } = processDue(account, time, rowsMax);
  const entry = lapseEntry(account, rows, given);
  account.sequence = entry.sequence;
  account.recordedAt = entry.recordedAt;
  return {
    entry,
    undo() {
      undo();
      account.sequence = sequence;
      account.recordedAt = recordedAt;
    },
  };
}

/**
 * Returns the entry that records rows which were processed, as the account's next one. O(rows).
 * @param given the clock, and the id of the entry.
 */
export function lapseEntry(
  account: Account,
  rows: readonly LapseRow[],
  given: { readonly now: number; readonly id: string },
): LapseEntry {
  return {
    kind: 'lapse',
    id: given.id,
    accountId: account.id,
    sequence: account.sequence + 1,
    recordedAt: account.timeAt(given.now),
    reference: null,
    idempotencyKey: null,
    digest: null,
    points: rows.reduce((sum, row) => sum + (row.kind === 'expiry' ? row.expired : 0), 0),
    rows,
  };
}

/**
 * Processes what came back to lots past their end at `time`, in place.
 * @param before the totals of the lots, by sequence, before that.
 */
export function lapseReturned(
  account: Account,
  time: number,
  before?: ReadonlyMap<number, LapseTotals>,
): { readonly rows: ExpiryRow[]; readonly undo: Undo } {
  const { lapsedAt } = account;
  account.lapsedAt = time;
  const { rows, undo } = processDue(account, time, Number.POSITIVE_INFINITY, before);
  return {
    rows: rows.map((row) => {
      invariant(row.kind === 'expiry', 'all that is due is processed before a command is decided');
      return row;
    }),
    undo() {
      undo();
      account.lapsedAt = lapsedAt;
    },
  };
}

const noTotals: ReadonlyMap<number, LapseTotals> = new Map();

/** Rows that were processed and are not recorded yet. */
export interface Processed {
  readonly rows: LapseRow[];
  readonly undo: Undo;
}

/**
 * Processes at most `rowsMax` rows of what is due at `time`, in place, and changes neither the
 * sequence nor the time of the account. One row at a time: each changes what the next one finds.
 * O(rows (log n + log P)).
 * @param before the totals of the lots, by sequence, before that; needed where points came back.
 */
export function processDue(
  account: Account,
  time: number,
  rowsMax: number,
  before = noTotals,
): Processed {
  const { lapsedAt } = account;
  let rows: LapseRow[] = [];
  let last: Inverse | null = null;
  while (rows.length < rowsMax && account.nextDue <= time) {
    const row = nextRow(account, before);
    // Mostly it is the only one: the first `push` would reserve memory for 17.
    if (rows.length === 0) rows = [row];
    else rows.push(row);
    last = applyRow(account, row, last);
  }
  return { rows, undo: () => revert(account, last, lapsedAt) };
}

/**
 * Returns what is due next. At one instant, what expires goes before holds that end, these go
 * before what begins, and then the least sequence goes first.
 */
function nextRow(account: Account, before: ReadonlyMap<number, LapseTotals>): LapseRow {
  const { expiries, holdsEnd: end, pending } = account;
  const beginning = pending.firstBeginning;
  if (expiries.firstInstant <= Math.min(end, beginning)) return expiryRow(account, before);
  return end <= beginning ? endRow(account) : beginningRow(account);
}

const nothingLapsed: LapseTotals = { expired: 0, settled: 0 };

function expiryRow(account: Account, before: ReadonlyMap<number, LapseTotals>): ExpiryRow {
  const payer = account.expiries.items[0]!.lots;
  const { timestamp, sequence, points, covered } = payer.firstToExpire();
  const known = account.holds.lapsed.get(sequence) ?? before.get(sequence) ?? nothingLapsed;
  const expired = points - covered;
  return {
    kind: 'expiry',
    payer: payer.payer,
    timestamp,
    sequence,
    at: Math.max(account.expiries.firstInstant, account.lapsedAt),
    expired,
    settled: covered,
    totals: { expired: known.expired + expired, settled: known.settled + covered },
  };
}

function endRow({ holds, lapsedAt }: Account): EndRow {
  const hold = holds.first()!;
  const at = Math.max(hold.expiresAt, lapsedAt);
  return { kind: 'end', hold: hold.sequence, at, points: hold.held, allocations: hold.rest() };
}

function beginningRow({ pending, lapsedAt }: Account): BeginningRow {
  const lot = pending.first()!;
  const { payer, timestamp, sequence, points } = lot;
  const at = Math.max(lot.availableFrom, lapsedAt);
  return { kind: 'beginning', payer, timestamp, sequence, at, points };
}
