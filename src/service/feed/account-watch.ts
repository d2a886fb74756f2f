import { setImmediate as nextIteration } from 'node:timers/promises';
import type { EntryMark } from '../../journal/journal';
import type { Account } from '../../ledger/account';
import type { Entry } from '../../ledger/entry';
import { ExactViews, type RowBudget } from './exact-views';
import { RecentEntries } from './recent-entries';

const wokenPerIteration = 64;

/** Is notified of news of an account. */
export interface Listener {
  wake(): void;
  /** Is called when nothing more can be sent. */
  fail(error: Error): void;
  /** Is called when nothing more will come. */
  end(): void;
}

/** An account that somebody follows. */
export class AccountWatch {
  readonly recent = new RecentEntries();
  readonly views: ExactViews;
  readonly listeners = new Set<Listener>();
  private hasFailed = false;
  /** The newest sequence at the last poll: copies up to it have expired. */
  private polledAt = 0;
  private isNews = false;
  private isWaking = false;
  /** The highest sequence that was sent to any subscriber. */
  private sent = 0;

  constructor(
    readonly accountId: string,
    budget: RowBudget,
  ) {
    this.views = new ExactViews(budget);
  }

  /** True if what it knows of the account is not valid any more. */
  get isFailed(): boolean {
    return this.hasFailed;
  }

  get newestSequence(): number {
    return this.recent.newest?.sequence ?? 0;
  }

  /** Notes an entry that was applied in memory; it may not be durable yet. */
  applied(account: Account, entry: Entry): void {
    if (this.recent.isKnown) this.views.take(account, entry, this.sent);
  }

  /** Notes that everything up to this entry was sent to a subscriber. */
  noteSent(mark: EntryMark | null): void {
    if (mark !== null && mark.sequence > this.sent) this.sent = mark.sequence;
  }

  /** Notes that entries are durable. */
  accepted(after: EntryMark | null, entries: readonly Entry[]): void {
    if (!this.recent.add(after, entries)) return;
    this.isNews = true;
    if (!this.isWaking) void this.wake();
  }

  /** Wakes some per iteration of the event loop: thousands at once would delay everything else. */
  private async wake(): Promise<void> {
    this.isWaking = true;
    while (this.isNews) {
      this.isNews = false;
      let woken = 0;
      for (const listener of this.listeners) {
        listener.wake();
        woken += 1;
        if (woken % wokenPerIteration === 0) await nextIteration();
      }
    }
    this.isWaking = false;
  }

  fail(error: Error): void {
    this.hasFailed = true;
    for (const listener of [...this.listeners]) listener.fail(error);
  }

  end(): void {
    for (const listener of [...this.listeners]) listener.end();
  }

  /** Drops copies that nobody took between two polls. */
  sweep(): void {
    this.views.dropUpTo(this.polledAt);
    this.polledAt = this.newestSequence;
  }

  close(): void {
    this.views.dropUpTo(Number.POSITIVE_INFINITY);
  }
}
