import type { EntryMark } from '../../journal/journal';
import { Account } from '../../ledger/account';
import type { Entry } from '../../ledger/entry';
import { evolve, type Undo } from '../../ledger/evolve';
import { Contention } from './contention';

/** What an account and a payer take in memory, counted in lots. */
const accountWeight = 16;
const payerWeight = 8;

/** Is notified of what happens to the accounts in memory. Its methods must not throw. */
export interface AccountObserver {
  /** An entry was applied; it may still be undone. */
  applied(account: Account, entry: Entry): void;
  /** Entries of this process are durable, and so is the entry that they follow. */
  accepted(accountId: string, after: EntryMark | null, entries: readonly Entry[]): void;
}

/** An entry, and the digest that the next one follows. */
export interface ChainEnd extends EntryMark {
  readonly digest: string | null;
}

/** How far the cached state of an account can be trusted. */
type Memory =
  /** Needs a catch-up read. */
  | { readonly kind: 'stale' }
  /** Needs no read in a store that nobody else writes. */
  | { readonly kind: 'current' }
  /** An entry did not follow from the account: its state must not be used. */
  | { readonly kind: 'broken'; readonly error: Error };

/** An account is free for batches, or one task occupies it until the task ends. */
type Phase =
  | Memory
  | {
      readonly kind: 'occupied';
      readonly by: Occupation;
      readonly done: Promise<void>;
      readonly memory: Memory;
    };

/** `turn` is the only one whose length depends on other processes. */
export type Occupation = 'load' | 'snapshot' | 'turn';

/** A cached account, and the entry up to which it has seen the journal. */
export class ResidentAccount {
  readonly contention = new Contention();
  private state: Account;
  private lastSeen: ChainEnd | null = null;
  private phase: Phase = { kind: 'stale' };
  private pins = 0;
  private entriesSinceSnapshot = 0;
  /** The entry at which a snapshot failed: the next one is tried only after another entry. */
  private snapshotFailedAt: EntryMark | null = null;

  constructor(
    readonly accountId: string,
    private readonly observer: AccountObserver | null = null,
  ) {
    this.state = new Account(accountId);
  }

  get account(): Account {
    return this.state;
  }

  /** The last entry seen; null before the first. */
  get mark(): ChainEnd | null {
    return this.lastSeen;
  }

  /** The memory that the account takes, counted in lots. */
  get weight(): number {
    const { lotCount, payers } = this.state;
    return accountWeight + payerWeight * payers.size + lotCount;
  }

  get isFree(): boolean {
    return this.phase.kind !== 'occupied';
  }

  get isCurrent(): boolean {
    return this.memory.kind === 'current';
  }

  /** Why the state must not be used; null while it can be. */
  get fault(): Error | null {
    const { memory } = this;
    return memory.kind === 'broken' ? memory.error : null;
  }

  /** The kind of task that occupies the account; null while it is free. */
  get occupation(): Occupation | null {
    return this.phase.kind === 'occupied' ? this.phase.by : null;
  }

  /** False while a task or a request that waits needs it in memory. */
  get isEvictable(): boolean {
    return this.isFree && this.pins === 0;
  }

  markCurrent(): void {
    this.remember({ kind: 'current' });
  }

  markStale(): void {
    this.remember({ kind: 'stale' });
  }

  /** Runs a task that occupies the account, which must be free. Rejects as the task does. */
  occupy(by: Occupation, task: () => Promise<void>): Promise<void> {
    const done = task().finally(() => {
      this.phase = this.memory;
    });
    this.phase = { kind: 'occupied', by, done, memory: this.memory };
    return done;
  }

  /** Resolves when the account is free; rejects if the task that occupied it failed. */
  async whenFree(): Promise<void> {
    if (this.phase.kind === 'occupied') await this.phase.done;
  }

  /** Keeps the account in memory until the function that it returns is called. */
  pin(): () => void {
    this.pins += 1;
    return () => {
      this.pins -= 1;
    };
  }

  /**
   * Applies an entry that the journal holds or is about to hold.
   * @throws if it does not follow from the account.
   */
  apply(entry: Entry): Undo {
    const undo = this.evolve(entry);
    const { lastSeen } = this;
    this.lastSeen = entry;
    this.entriesSinceSnapshot += 1;
    this.observer?.applied(this.state, entry);
    return () => {
      undo();
      this.lastSeen = lastSeen;
      this.entriesSinceSnapshot -= 1;
    };
  }

  /** Notifies the observer that applied entries are durable. */
  announce(after: EntryMark | null, entries: readonly Entry[]): void {
    if (entries.length > 0) this.observer?.accepted(this.accountId, after, entries);
  }

  /**
   * Replaces the state by one that was restored from a snapshot of the account right after this
   * entry, which was read from its row: the next digest follows its digest.
   */
  restore(account: Account, entry: Entry): void {
    account.sequence = entry.sequence;
    account.recordedAt = entry.recordedAt;
    this.state = account;
    this.lastSeen = { sequence: entry.sequence, id: entry.id, digest: entry.digest };
    this.entriesSinceSnapshot = 0;
  }

  /** True if replaying the entries since the last snapshot costs more than reading a new one. */
  needsSnapshot(entriesMin: number): boolean {
    const { lotCount, payers } = this.state;
    if (this.lastSeen === this.snapshotFailedAt) return false;
    const { entriesSinceSnapshot: entries } = this;
    return entries >= entriesMin && entries > lotCount + payers.size;
  }

  noteSnapshot(result: 'stored' | 'failed'): void {
    if (result === 'stored') this.entriesSinceSnapshot = 0;
    else this.snapshotFailedAt = this.lastSeen;
  }

  private get memory(): Memory {
    return this.phase.kind === 'occupied' ? this.phase.memory : this.phase;
  }

  /**
   * Sets how far the state can be trusted. A broken account stays broken: only another object in
   * its place can be trusted again.
   */
  private remember(memory: Memory): void {
    if (this.memory.kind === 'broken') return;
    this.phase = this.phase.kind === 'occupied' ? { ...this.phase, memory } : memory;
  }

  private evolve(entry: Entry): Undo {
    try {
      return evolve(this.state, entry);
    } catch (error) {
      this.remember({ kind: 'broken', error: error as Error });
      throw error;
    }
  }
}
