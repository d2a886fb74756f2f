import type { PayerPoints } from './entry';
import { InstantHeap } from './instant-heap';
import { OpenHolds } from './open-holds';
import { type PayerExpiry, PayerLots } from './payer-lots';
import { PayerOrder } from './payer-order';
import { PendingLots } from './pending-lots';

const noHolds = new OpenHolds();

/** What a payer has in an account. */
export interface PayerStanding extends PayerPoints {
  /** Granted points that begin later: not in `points`. */
  readonly pending: number;
  /** Points that holds have: not in `points`. */
  readonly held: number;
  /** Unspent points under floating debits: not in `points`. */
  readonly debited: number;
}

/** The state of one account: what the rules need to decide the next command, and nothing else. */
export class Account {
  /** The number of entries accepted so far. */
  sequence = 0;
  /** When the last entry was recorded, milliseconds since 1970 UTC. */
  recordedAt = Number.NEGATIVE_INFINITY;
  /** All points that can be spent now: the sum of the balances. */
  points = 0;
  /** The points of all open lots, those under debits included, and of all pending lots. */
  unspent = 0;
  /** The points of all open holds, which are in no balance. */
  held = 0;
  /** Lots with unspent points, under a debit or not, pending or not. */
  lotCount = 0;
  /** In the order in which the payers first appeared. */
  readonly payers = new Map<string, PayerLots>();
  /** The payers by their next lot to be spent. */
  readonly order = new PayerOrder();
  /** The payers by their next lot to expire. */
  readonly expiries = new InstantHeap<PayerExpiry>();
  readonly pending = new PendingLots();
  /** Most accounts have never had a hold: those share one that stays empty. */
  holds = noHolds;
  /** When the next hold ends; infinite if none is open. Of the holds, but on the path of all. */
  holdsEnd = Number.POSITIVE_INFINITY;
  /** The instant of the last row that lapsed. Rows after it are at the same instant or later. */
  lapsedAt = Number.NEGATIVE_INFINITY;

  constructor(readonly id: string) {}

  /** Returns the time of the account: no entry is recorded before the previous one. */
  timeAt(now: number): number {
    return Math.max(now, this.recordedAt);
  }

  /** The unspent and the held points; never past 2^53 − 1, so that sums are exact. */
  get openPoints(): number {
    return this.unspent + this.held;
  }

  /** Returns when the next lot expires or begins, or a hold ends; infinite if none does. O(1). */
  get nextDue(): number {
    const due = Math.min(this.expiries.firstInstant, this.pending.firstBeginning);
    return Math.min(due, this.holdsEnd);
  }

  /** Returns the account's own holds, to be changed. */
  ownHolds(): OpenHolds {
    if (this.holds === noHolds) this.holds = new OpenHolds();
    return this.holds;
  }

  /**
   * Points per payer, in the order in which the payers first appeared; a payer at zero stays
   * listed. O(P).
   */
  balances(): PayerPoints[] {
    return Array.from(this.payers.values(), ({ payer, balance }) => ({ payer, points: balance }));
  }

  /** Returns the same with the points that are in no balance. O(P). */
  standings(): PayerStanding[] {
    return Array.from(this.payers.values(), ({ payer, balance, pending, held, debited }) => {
      return { payer, points: balance, pending, held, debited };
    });
  }
}
