import type { Entry } from '../../ledger/entry';
import type { SnapshotHead } from '../journal';

/** All that is stored of one account. */
export interface AccountHistory {
  /** The entry with sequence n has index n − 1. */
  readonly entries: Entry[];
  readonly keyed: Map<string, Entry>;
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

  /** Returns the history of an account, an empty one if it is unknown. */
  getOrCreate(accountId: string): AccountHistory {
    const present = this.histories.get(accountId);
    if (present !== undefined) return present;
    const history: AccountHistory = { entries: [], keyed: new Map(), snapshot: null };
    this.histories.set(accountId, history);
    return history;
  }
}
