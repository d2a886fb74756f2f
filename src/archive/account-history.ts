import type { Entry } from '../ledger/entry';
import type { ExpiryRow, LapseRow, LapseTotals } from '../ledger/lapse-entry';
import type { SpendReversalEntry, TransactionReversalEntry } from '../ledger/reversal-entry';
import { expiriesOf, type Target } from '../ledger/target';

type ReversalEntry = SpendReversalEntry | TransactionReversalEntry;

/** What a row says of its lot. */
type Expired = Pick<ExpiryRow, 'sequence' | 'expired' | 'settled'>;

/** An entry that names another one: a reversal, a capture or a release. */
type NamingEntry = Extract<Entry, { readonly target: number }>;

export function isNaming(entry: Entry): entry is NamingEntry {
  return 'target' in entry;
}

function isReversal(entry: Entry): entry is ReversalEntry {
  return entry.kind === 'spendReversal' || entry.kind === 'transactionReversal';
}

/**
 * What the entries of an account say besides its state: how much of each entry is reversed, and
 * what expired of each lot. It is summed from the entries and not read from their totals, so that a
 * wrong total is found. Holds two numbers per lot that expired, and one per reversed entry.
 */
export class AccountHistory {
  private readonly reversed = new Map<number, number>();
  private readonly lapsed = new Map<number, LapseTotals>();

  take(entry: Entry): void {
    this.takeRows(expiriesOf(entry));
    if (isReversal(entry)) this.takeFromTarget(entry);
  }

  takeRows(rows: readonly LapseRow[]): void {
    for (const row of rows) if (row.kind === 'expiry') this.takeExpiry(row);
  }

  /** Adds a row, and returns the totals of its lot. */
  takeExpiry(row: Expired): LapseTotals {
    const totals = this.totalsAfter(row);
    this.lapsed.set(row.sequence, totals);
    return totals;
  }

  /** Adds a reversal or a capture, and returns how many points of its target all of them took. */
  takeFromTarget({ target, points }: Pick<ReversalEntry, 'target' | 'points'>): number {
    const total = (this.reversed.get(target) ?? 0) + points;
    this.reversed.set(target, total);
    return total;
  }

  /** Returns the totals of a lot with this row of it, which is not added. */
  totalsAfter({ sequence, expired, settled }: Expired): LapseTotals {
    const before = this.lapsed.get(sequence) ?? { expired: 0, settled: 0 };
    return { expired: before.expired + expired, settled: before.settled + settled };
  }

  /**
   * Returns what the rule needs to decide an entry again that names another. What is held of a
   * hold, the account knows.
   * @param named the entry that it names; null if the account has no such entry before it.
   */
  targetOf(entry: NamingEntry, named: Entry | null): Target | null {
    if (named === null) return null;
    const total = this.reversed.get(entry.target);
    const newest = total === undefined || !isReversal(entry) ? null : { ...entry, total };
    return { entry: named, newest, lapsed: this.lapsed };
  }
}
