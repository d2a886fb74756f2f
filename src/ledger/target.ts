import type { Entry } from './entry';
import type { ExpiryRow, LapseTotals } from './lapse-entry';

/**
 * The entry that a reversal, a capture or a release names, and what is recorded of it, looked up by
 * the caller.
 */
export interface Target {
  readonly entry: Entry;
  /** The newest entry that reverses, captures or releases it; null if none does. */
  readonly newest: Entry | null;
  /** What lapsed so far of each lot that the target granted or took from, by the lot's sequence. */
  readonly lapsed: ReadonlyMap<number, LapseTotals>;
}

/**
 * Returns the sequences of the lots whose totals a reversal of this entry needs: only lots with an
 * end lapse.
 */
export function lotsNamedBy(entry: Entry): number[] {
  if (entry.kind === 'transaction') return entry.expiresAt === undefined ? [] : [entry.sequence];
  if (entry.kind !== 'spend') return [];
  const lots = entry.allocations.filter(({ expiresAt }) => expiresAt !== undefined);
  return lots.map(({ sequence }) => sequence);
}

/** Returns the lots that expired with this entry, in the order in which they did. */
export function expiriesOf(entry: Entry): readonly ExpiryRow[] {
  if (entry.kind === 'lapse') return entry.rows.filter((row) => row.kind === 'expiry');
  return 'lapses' in entry ? entry.lapses : [];
}
