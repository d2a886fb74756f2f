import type { EntryMark } from '../../journal/journal';
import { Account } from '../../ledger/account';
import type { Entry } from '../../ledger/entry';
import { evolve, type Undo } from '../../ledger/evolve';

/** What an account and a payer take in memory, counted in lots. */
const accountWeight = 16;
const payerWeight = 8;

/** Hears of what happens to the accounts in memory. Its methods must not throw. */
export interface AccountObserver {
  /** An entry was applied; it may still be taken back. */
  applied(account: Account, entry: Entry): void;
  /** Entries of this process are durable, and so is the entry that they follow. */
  accepted(accountId: string, after: EntryMark | null, entries: readonly Entry[]): void;
}

/** An account in memory, at the entry up to which it has seen the journal. */
export class ResidentAccount {
  account: Account;
  /** The last entry seen; null before the first. */
  mark: EntryMark | null = null;
  /** Whether the account needs no catching up in a store that nobody else writes. */
  isCurrent = false;
  /** Entries that a load would have to replay. */
  entriesSinceSnapshot = 0;
  /** The entry at which a snapshot could not be stored: it is tried again only after another. */
  unsavedMark: EntryMark | null = null;
  /** Settles when the account, now being loaded or stored, can be used again; null while it can. */
  busy: Promise<void> | null = null;
  /**
   * Requests that wait for this and for other accounts: it must not leave memory before they were
   * served.
   */
  pins = 0;
  /** Whether it is busy because it is served alone: it may have to wait for other processes. */
  isInTurn = false;
  /** Appends in a row that were beaten by other processes. */
  lostRounds = 0;
  /** Reads of the journal in a row that found nothing of other processes. */
  quietReads = 0;
  /** Set when an entry did not follow from the account: its memory is then not to be trusted. */
  broken: Error | null = null;

  constructor(
    readonly accountId: string,
    private readonly observer: AccountObserver | null = null,
  ) {
    this.account = new Account(accountId);
  }

  /** Lots and payers: what a snapshot stores. */
  get size(): number {
    return this.account.lotCount + this.account.payers.size;
  }

  /** The memory that the account takes, counted in lots. */
  get weight(): number {
    const { lotCount, payers } = this.account;
    return accountWeight + payerWeight * payers.size + lotCount;
  }

  /** Applies an entry that the journal holds or is about to hold. Throws if it does not follow. */
  apply(entry: Entry): Undo {
    const undo = this.evolve(entry);
    const { mark } = this;
    this.mark = entry;
    this.entriesSinceSnapshot += 1;
    this.observer?.applied(this.account, entry);
    return () => {
      undo();
      this.mark = mark;
      this.entriesSinceSnapshot -= 1;
    };
  }

  /** Tells that entries, which were applied, are durable. */
  announce(after: EntryMark | null, entries: readonly Entry[]): void {
    if (entries.length > 0) this.observer?.accepted(this.accountId, after, entries);
  }

  /** Takes over what was restored from a snapshot of the account right after this entry. */
  restore(account: Account, entry: Entry): void {
    account.sequence = entry.sequence;
    account.recordedAt = entry.recordedAt;
    this.account = account;
    this.mark = { sequence: entry.sequence, id: entry.id };
    this.entriesSinceSnapshot = 0;
  }

  private evolve(entry: Entry): Undo {
    try {
      return evolve(this.account, entry);
    } catch (error) {
      this.broken = error as Error;
      throw error;
    }
  }
}
