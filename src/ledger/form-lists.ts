import type { Allocation } from './entry';
import type { FormWriter } from './form-writer';
import { unreachable } from './invariant';
import type { BeginningRow, ExpiryRow, LapseRow } from './lapse-entry';

/**
 * Writes allocations: sequence and timestamp of each lot, payer, points, and in format 2 the end.
 */
export function writeAllocations(
  allocations: readonly Allocation[],
  to: FormWriter,
  { hasEnds } = { hasEnds: true },
): void {
  to.number(allocations.length);
  for (const { sequence, timestamp, payer, points, expiresAt } of allocations) {
    to.number(sequence);
    to.number(timestamp);
    to.text(payer);
    to.number(points);
    if (hasEnds) to.number(expiresAt);
  }
}

/** Writes rows, in each of which a field that its kind does not have is null. */
export function writeRows(rows: readonly LapseRow[], to: FormWriter): void {
  to.number(rows.length);
  for (const row of rows) {
    to.word(row.kind);
    to.number(row.at);
    writeRow(row, to);
  }
}

/** Writes what follows the kind and the instant of a row. */
function writeRow(row: LapseRow, to: FormWriter): void {
  switch (row.kind) {
    case 'expiry':
      writeLot(row, to);
      to.empty(); // points
      to.number(row.expired);
      to.number(row.settled);
      to.number(row.totals.expired);
      to.number(row.totals.settled);
      to.empty(); // allocations
      break;
    case 'beginning':
      writeLot(row, to);
      to.number(row.points);
      to.empty(lapsed);
      to.empty(); // allocations
      break;
    case 'end':
      to.empty(); // the sequence of a lot
      to.number(row.hold);
      to.empty(2); // timestamp and payer
      to.number(row.points);
      to.empty(lapsed);
      writeAllocations(row.allocations, to);
      break;
    default:
      unreachable(row);
  }
}

/** The fields `expired` and `settled`, of a row and in total. */
const lapsed = 4;

function writeLot({ sequence, timestamp, payer }: ExpiryRow | BeginningRow, to: FormWriter): void {
  to.number(sequence);
  to.empty(); // the sequence of a hold
  to.number(timestamp);
  to.text(payer);
}
