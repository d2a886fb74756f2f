import type { EntryMark } from '../../journal/journal';
import { Account } from '../../ledger/account';
import type { Entry } from '../../ledger/entry';
import { evolve, type Undo } from '../../ledger/evolve';
import { lapseRowsMax, type Processed, processDue } from '../../ledger/lapse';
import type { LapseEntry, LapseRow } from '../../ledger/lapse-entry';
import type { AccountObserver } from './account-observer';
import type { Memory, Occupation, Phase } from './account-phase';
import { Contention } from './contention';
import { ProcessedAhead } from './processed-ahead';
import { SnapshotNeed } from './snapshot-need';

/** An entry, and the digest that the next one follows. */
export interface ChainEnd extends EntryMark {
  readonly digest: string | null;
}

/** A cached account, and the entry up to which it has seen the journal. */
export class ResidentAccount {
  readonly contention = new Contention();
  private isUsed = false;
  private state: Account;
  private lastSeen: ChainEnd | null = null;
  private phase: Phase = { kind: 'stale' };
  private pins = 0;
  private readonly ahead = new ProcessedAhead();
  private readonly snapshots = new SnapshotNeed();

  constructor(
    readonly accountId: string,
    private readonly observer: AccountObserver | null = null,
  ) {
    this.state = new Account(accountId);
  }

  /**
   * The state, in which what was due may be processed ahead of being recorded. Its sequence and its
   * time are those of the last entry.
   */
  get account(): Account {
    return this.state;
  }

  /** What is processed ahead of being recorded. */
  get aheadRows(): readonly LapseRow[] {
    return this.ahead.rows;
  }

  /** The last entry seen; null before the first. */
  get mark(): ChainEnd | null {
    return this.lastSeen;
  }

  /**
   * How far the account is recorded in memory, and when something is due next: in the past if it is
   * due already. Null if that is not known now.
   */
  get seen(): { readonly sequence: number; readonly nextDue: number } | null {
    if (this.lastSeen === null || !this.isFree) return null;
    const isAhead = this.ahead.rows.length > 0;
    const nextDue = isAhead ? Number.NEGATIVE_INFINITY : this.state.nextDue;
    return { sequence: this.lastSeen.sequence, nextDue };
  }

  /** True while nobody but the sweep has used the account: it is the first to be evicted. */
  get isPassing(): boolean {
    return !this.isUsed;
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

  /** Notes that somebody other than the sweep uses the account. */
  noteUse(): void {
    this.isUsed = true;
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
   * Processes in memory what is due at the time of the account. Returns false if it is more than
   * one entry can record: then the account must not be shown or decided on.
   */
  advance(now: number): boolean {
    const { state } = this;
    return this.unbroken(() => this.ahead.advance(state, state.timeAt(now), lapseRowsMax));
  }

  /**
   * Processes what is due at a later instant, up to `rowsMax` rows. The caller undoes it before
   * anything else is done with the account.
   */
  processUntil(at: number, rowsMax: number): Processed {
    return this.unbroken(() => processDue(this.state, at, rowsMax));
  }

  /** Undoes what was processed ahead: the state is then that after the last entry. */
  retreat(): void {
    if (this.ahead.rows.length > 0) this.ahead.undo();
  }

  /** Calls a function while the next entry gets the number after the one that records the rows. */
  asIfRecorded<Result>(decide: () => Result): Result {
    const offset = this.ahead.rows.length > 0 ? 1 : 0;
    this.state.sequence += offset;
    try {
      return decide();
    } finally {
      this.state.sequence -= offset;
    }
  }

  /**
   * Makes an entry of what was processed ahead, and applies it. Its undo restores the state from
   * before the rows. There must be rows.
   */
  recordAhead(given: { readonly now: number; readonly id: string }): {
    readonly entry: LapseEntry;
    readonly undo: Undo;
  } {
    const { entry, undo } = this.ahead.record(this.state, given);
    return { entry, undo: this.note(entry, undo) };
  }

  /**
   * Applies an entry that the journal holds or is about to hold.
   * @throws if it does not follow from the account.
   */
  apply(entry: Entry): Undo {
    this.retreat();
    return this.note(
      entry,
      this.unbroken(() => evolve(this.state, entry)),
    );
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
    this.snapshots.entries = 0;
  }

  /** True if replaying the entries since the last snapshot costs more than reading a new one. */
  needsSnapshot(entriesMin: number): boolean {
    const { lotCount, payers } = this.state;
    return this.snapshots.isDue(this.lastSeen, Math.max(entriesMin, lotCount + payers.size + 1));
  }

  noteSnapshot(result: 'stored' | 'failed'): void {
    this.snapshots.note(result, this.lastSeen);
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

  /** Notes an entry that was applied; the undo that it returns takes everything back. */
  private note(entry: Entry, undo: Undo): Undo {
    const { lastSeen } = this;
    this.lastSeen = entry;
    this.snapshots.entries += 1;
    this.observer?.applied(this.state, entry);
    return () => {
      this.retreat();
      undo();
      this.lastSeen = lastSeen;
      this.snapshots.entries -= 1;
    };
  }

  /** Marks the account as broken if the change fails: it leaves a state that must not be used. */
  private unbroken<Result>(change: () => Result): Result {
    try {
      return change();
    } catch (error) {
      this.remember({ kind: 'broken', error: error as Error });
      throw error;
    }
  }
}
