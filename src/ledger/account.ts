import type { PayerPoints } from './entry';

/** The state of one account: what the rules need to judge the next command, and nothing else. */
export class Account {
  /** The number of entries accepted so far. */
  sequence = 0;
  /** When the last entry was recorded, milliseconds since 1970 UTC. */
  recordedAt = Number.NEGATIVE_INFINITY;

  constructor(readonly id: string) {}

  /** All points that can be spent now. O(1). */
  get points(): number {
    throw new Error('not there yet');
  }

  /** Lots with unspent points, under a debit or not. O(1). */
  get lotCount(): number {
    throw new Error('not there yet');
  }

  /** Points per payer, in the order in which the payers first appeared; a payer at zero stays listed. O(P). */
  balances(): PayerPoints[] {
    throw new Error('not there yet');
  }
}
