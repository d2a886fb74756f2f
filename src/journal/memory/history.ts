import type { Entry } from '../../ledger/entry';
import type { LapseTotals } from '../../ledger/lapse-entry';
import type { SnapshotHead } from '../journal';

/** All that is stored of one account. */
export interface AccountHistory {
  /** The entry with sequence n has index n − 1. */
  readonly entries: Entry[];
  readonly keyed: Map<string, Entry>;
  /** The entries that name another one as their target, by its sequence, oldest first. */
  readonly naming: Map<number, Entry[]>;
  /** What lapsed so far of each lot, by its sequence. */
  readonly lapsed: Map<number, LapseTotals>;
  snapshot: StoredSnapshot | null;
}

interface StoredSnapshot {
  readonly head: SnapshotHead;
  readonly parts: readonly string[];
}

/** The accounts' histories by account id: the tables of the journal in memory. */
export class AccountHistories {
  private readonly histories = new Map<string, AccountHistory>();

  get(accountId: string): AccountHistory | undefined {
    return this.histories.get(accountId);
  }

  all(): Iterable<readonly [accountId: string, history: AccountHistory]> {
    return this.histories;
  }

  /** Returns the history of an account, an empty one if it is unknown. */
  getOrCreate(accountId: string): AccountHistory {
    const present = this.histories.get(accountId);
    if (present !== undefined) return present;
    const history: AccountHistory = {
      entries: [],
      keyed: new Map(),
      naming: new Map(),
      lapsed: new Map(),
      snapshot: null,
    };
    this.histories.set(accountId, history);
    return history;
  }
}
