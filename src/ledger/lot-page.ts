import type { Account } from './account';
import type { LotKey } from './entry';

/** A lot with points that are neither spent nor taken back. */
export interface OpenLot extends LotKey {
  readonly payer: string;
  /** Greater than zero. */
  readonly remaining: number;
}

export interface LotRange {
  /** Bounds, both exclusive; null for none. They need not be keys of lots that are still open. */
  readonly after: LotKey | null;
  readonly before: LotKey | null;
  /** From which end of the range `limit` lots are taken. The answer is in the order of spending either way. */
  readonly from: 'start' | 'end';
  readonly limit: number;
}

export interface LotPage {
  /** The next to be spent first. */
  readonly lots: readonly OpenLot[];
  /** Whether lots stand before the first of the page, and after its last; of an empty page, beside its range. */
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

/** Lots that can be spent, in the order in which they will be. O((page + P) log n) for P payers and n lots. */
export function lotPage(_account: Account, _range: LotRange): LotPage {
  throw new Error('not there yet');
}
