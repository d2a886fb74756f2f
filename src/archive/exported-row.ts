import { unreachable } from '../ledger/invariant';
import type { LapseRow } from '../ledger/lapse-entry';
import {
  allocationsInOrder,
  type ExportedAllocation,
  exportedAllocation,
} from './exported-allocation';
import { instantText } from './instant-text';

/** A row of a lapse in an export; `sequence` is that of the transaction that opened the lot. */
export type ExportedRow = ExportedExpiry | ExportedEnd | ExportedBeginning;

interface ExportedPlace {
  readonly at: string;
  readonly sequence: number;
  readonly payer: string;
  readonly timestamp: string;
}

interface ExportedExpiry extends ExportedPlace {
  readonly kind: 'expiry';
  readonly expired: number;
  readonly settled: number;
  /** The lot's expired and settled points over all of its rows so far. */
  readonly totalExpired: number;
  readonly totalSettled: number;
}

/** A hold that is over: its points went back to their lots. */
interface ExportedEnd {
  readonly kind: 'end';
  readonly at: string;
  /** The sequence of the hold. */
  readonly hold: number;
  readonly points: number;
  readonly allocations: readonly ExportedAllocation[];
}

interface ExportedBeginning extends ExportedPlace {
  readonly kind: 'beginning';
  readonly points: number;
}

/** Returns a row as an export holds it, with its members in a fixed order. */
export function exportedRow(row: LapseRow): ExportedRow {
  const at = instantText(row.at);
  switch (row.kind) {
    case 'expiry': {
      const { kind, sequence, payer, expired, settled, totals } = row;
      const place = { kind, at, sequence, payer, timestamp: instantText(row.timestamp) };
      const [totalExpired, totalSettled] = [totals.expired, totals.settled];
      return { ...place, expired, settled, totalExpired, totalSettled };
    }
    case 'end': {
      const { kind, hold, points } = row;
      const allocations = allocationsInOrder(row.allocations.map(exportedAllocation));
      return { kind, at, hold, points, allocations };
    }
    case 'beginning': {
      const { kind, sequence, payer, points } = row;
      return { kind, at, sequence, payer, timestamp: instantText(row.timestamp), points };
    }
    default:
      return unreachable(row);
  }
}
