import { unreachable } from '../ledger/invariant';
import type { LapseRow } from '../ledger/lapse-entry';
import { instantText } from './instant-text';

/** A row of a lapse in an export; `sequence` is that of the transaction that opened the lot. */
export type ExportedRow = ExportedExpiry | ExportedBeginning;

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

interface ExportedBeginning extends ExportedPlace {
  readonly kind: 'beginning';
  readonly points: number;
}

/** Returns a row as an export holds it, with its members in a fixed order. */
export function exportedRow(row: LapseRow): ExportedRow {
  const { sequence, payer } = row;
  const at = instantText(row.at);
  const timestamp = instantText(row.timestamp);
  switch (row.kind) {
    case 'expiry': {
      const { kind, expired, settled, totals } = row;
      const place = { kind, at, sequence, payer, timestamp };
      const [totalExpired, totalSettled] = [totals.expired, totals.settled];
      return { ...place, expired, settled, totalExpired, totalSettled };
    }
    case 'beginning':
      return { kind: row.kind, at, sequence, payer, timestamp, points: row.points };
    default:
      return unreachable(row);
  }
}
