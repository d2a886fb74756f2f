import type { Account } from '../ledger/account';
import { unreachable } from '../ledger/invariant';
import { lapse } from '../ledger/lapse';
import type { ExpiryRow, LapseEntry, LapseRow } from '../ledger/lapse-entry';
import { shownPoints } from '../ledger/shown-points';
import type { AccountHistory } from './account-history';
import { commonProblem } from './common-problem';
import { shownInstant } from './shown-instant';
import { shownAllocation, shownLot } from './shown-lot';

/**
 * Returns what is wrong with a lapse as the next entry of an account, as a clause to follow its
 * name, or null. Its rows must be the next ones that are due, in their order, but not all of them:
 * however they are split into entries, they are the same rows. O(rows (log n + log P)).
 */
export function lapseProblem(
  account: Account,
  entry: LapseEntry,
  history: AccountHistory,
): string | null {
  return (
    commonProblem(account, entry) ?? inputProblem(entry) ?? dueProblem(account, entry, history)
  );
}

/** Returns what is wrong: nobody requests a lapse, so it has no reference and no key. */
function inputProblem({ rows, reference, idempotencyKey }: LapseEntry): string | null {
  if (reference !== null) return 'it has a reference';
  if (idempotencyKey !== null) return 'it has an idempotency key';
  return rows.length === 0 ? 'it has no rows' : null;
}

function dueProblem(account: Account, entry: LapseEntry, history: AccountHistory): string | null {
  const given = { now: entry.recordedAt, id: entry.id };
  const right = lapse(account, given, entry.rows.length);
  right?.undo();
  const rows = right?.entry.rows ?? [];
  const problem = rowsProblem(entry.rows, rows, history);
  if (problem !== null) return problem;
  const points = right?.entry.points ?? 0;
  return entry.points === points
    ? null
    : `its points are ${entry.points}, and its rows expire ${points}`;
}

/**
 * Compares rows, in the words of a finding.
 * @param right the rows by the rule, whose totals may be wrong: the history has them.
 */
export function rowsProblem(
  own: readonly LapseRow[],
  right: readonly LapseRow[],
  history: AccountHistory,
): string | null {
  const count = Math.max(own.length, right.length);
  for (let at = 0; at < count; at += 1) {
    const [ownText, rightText] = [own[at], right[at]].map(shownOrNone);
    if (ownText !== rightText)
      return `its row ${at + 1} is ${ownText}, and by the rule ${rightText}`;
  }
  return totalsProblem(own, history);
}

function totalsProblem(rows: readonly LapseRow[], history: AccountHistory): string | null {
  const seen = new Map<number, ExpiryRow>();
  for (const [at, row] of rows.entries()) {
    if (row.kind !== 'expiry') continue;
    const before = seen.get(row.sequence);
    const { expired, settled } = history.totalsAfter(
      before === undefined ? row : sumOf(before, row),
    );
    if (row.totals.expired !== expired || row.totals.settled !== settled) {
      const own = `${row.totals.expired} expired and ${row.totals.settled} settled points`;
      return (
        `its row ${at + 1} says that ${own} of the lot of entry ${row.sequence} are gone so far, ` +
        `and by the entries it is ${expired} and ${settled}`
      );
    }
    seen.set(row.sequence, before === undefined ? row : sumOf(before, row));
  }
  return null;
}

/** Adds up two rows of one lot, which occurs twice if points come back to it within the entry. */
function sumOf(before: ExpiryRow, row: ExpiryRow): ExpiryRow {
  const { expired, settled } = row;
  return { ...row, expired: before.expired + expired, settled: before.settled + settled };
}

function shownOrNone(row: LapseRow | undefined): string {
  return row === undefined ? 'missing' : shownRow(row);
}

/** Names a row with all of its values, totals excepted. */
export function shownRow(row: LapseRow): string {
  const at = shownInstant(row.at);
  switch (row.kind) {
    case 'expiry':
      return (
        `the expiry at ${at} of ${shownPoints(row.expired)} and ${row.settled} settled ones of ` +
        shownLot(row)
      );
    case 'end': {
      const { hold, points, allocations } = row;
      const back = allocations.map(shownAllocation).join(', ');
      return `the end at ${at} of the hold of entry ${hold}, which gives back ${points}: ${back}`;
    }
    case 'beginning':
      return `the beginning at ${at} of ${shownPoints(row.points)} of ${shownLot(row)}`;
    default:
      return unreachable(row);
  }
}
