import type { PayerPoints } from './entry';
import { PayerLots } from './payer-lots';
import { PayerOrder } from './payer-order';

/** The state of one account: what the rules need to decide the next command, and nothing else. */
export class Account {
  /** The number of entries accepted so far. */
  sequence = 0;
  /** When the last entry was recorded, milliseconds since 1970 UTC. */
  recordedAt = Number.NEGATIVE_INFINITY;
  /** All points that can be spent now: the sum of the balances. */
  points = 0;
  /**
   * The points of all open lots, those under debits included; never past 2^53 − 1, so that every
   * sum is exact.
   */
  openPoints = 0;
  /** Lots with unspent points, under a debit or not. */
  lotCount = 0;
  /** In the order in which the payers first appeared. */
  readonly payers = new Map<string, PayerLots>();
  /** The payers by their next lot to be spent. */
  readonly order = new PayerOrder();

  constructor(readonly id: string) {}

  /**
   * Points per payer, in the order in which the payers first appeared; a payer at zero stays
   * listed. O(P).
   */
  balances(): PayerPoints[] {
    return Array.from(this.payers.values(), ({ payer, balance }) => ({ payer, points: balance }));
  }
}
