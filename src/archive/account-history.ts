import type { Entry } from '../ledger/entry';
import type { LapseRow, LapseTotals } from '../ledger/lapse-entry';
import type { SpendReversalEntry, TransactionReversalEntry } from '../ledger/reversal-entry';
import type { Target } from '../ledger/target';

export type ReversalEntry = SpendReversalEntry | TransactionReversalEntry;

export function isReversal(entry: Entry): entry is ReversalEntry {
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
    if (entry.kind === 'lapse') this.takeRows(entry.rows);
    if (entry.kind === 'spendReversal') this.takeRows(entry.lapses);
    if (isReversal(entry)) this.reversed.set(entry.target, this.totalAfter(entry));
  }

  takeRows(rows: readonly LapseRow[]): void {
    for (const row of rows) {
      if (row.kind === 'expiry') this.lapsed.set(row.sequence, this.totalsAfter(row));
    }
  }

  /** Returns how many points of its target are reversed with this entry. */
  totalAfter({ target, points }: Pick<ReversalEntry, 'target' | 'points'>): number {
    return (this.reversed.get(target) ?? 0) + points;
  }

  /** Returns the totals of a lot with this row of it. */
  totalsAfter(row: {
    readonly sequence: number;
    readonly expired: number;
    readonly settled: number;
  }): LapseTotals {
    const { expired, settled } = this.lapsed.get(row.sequence) ?? { expired: 0, settled: 0 };
    return { expired: expired + row.expired, settled: settled + row.settled };
  }

  /**
   * Returns what the rule needs to decide a reversal again.
   * @param named the entry that it names; null if the account has no such entry before it.
   */
  targetOf(reversal: ReversalEntry, named: Entry | null): Target | null {
    if (named === null) return null;
    const total = this.reversed.get(reversal.target);
    const newest = total === undefined ? null : { ...reversal, total };
    return { entry: named, newest, lapsed: this.lapsed };
  }
}
