import type { Entry } from '../../ledger/entry';

/** The current state of a hold. */
export interface HoldState {
  /** The points that it still holds. */
  readonly held: number;
  /** The newest entry that captures or releases it; null if none does, or if it is open. */
  readonly newest: Entry | null;
}
