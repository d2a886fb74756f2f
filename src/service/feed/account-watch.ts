import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EntryMark } from '../../journal/journal';
import type { Account } from '../../ledger/account';
import type { Entry } from '../../ledger/entry';
import { ExactViews, type ViewRoom } from './exact-views';
import { RecentEntries } from './recent-entries';

const wokenPerTurn = 64;

/** Who wants to hear that there is something new. */
export interface Listener {
  wake(): void;
  /** Nothing more can be sent. */
  fail(error: Error): void;
  /** Nothing more will come. */
  end(): void;
}

/** An account that somebody follows. */
export class AccountWatch {
  readonly recent = new RecentEntries();
  readonly views: ExactViews;
  readonly listeners = new Set<Listener>();
  /** What it knows of the account is of no use any more. */
  isFailed = false;
  /** The newest sequence when the feed looked last: copies up to it have served their time. */
  private lookedAt = 0;
  private isNews = false;
  private isWaking = false;
  /** The highest sequence that any subscriber has got. */
  private sent = 0;

  constructor(
    readonly accountId: string,
    room: ViewRoom,
  ) {
    this.views = new ExactViews(room);
  }

  get newestSequence(): number {
    return this.recent.newest?.sequence ?? 0;
  }

  /** An entry was applied in memory, and is perhaps not durable yet. */
  applied(account: Account, entry: Entry): void {
    if (this.recent.isKnown) this.views.take(account, entry, this.sent);
  }

  /** A subscriber got all up to here. */
  noteSent(mark: EntryMark | null): void {
    if (mark !== null && mark.sequence > this.sent) this.sent = mark.sequence;
  }

  /** Entries are durable. */
  accepted(after: EntryMark | null, entries: readonly Entry[]): void {
    if (!this.recent.add(after, entries)) return;
    this.isNews = true;
    if (!this.isWaking) void this.wake();
  }

  /** Wakes some in each turn of the event loop: thousands at once would keep all others waiting. */
  private async wake(): Promise<void> {
    this.isWaking = true;
    while (this.isNews) {
      this.isNews = false;
      let woken = 0;
      for (const listener of this.listeners) {
        listener.wake();
        woken += 1;
        if (woken % wokenPerTurn === 0) await nextTurn();
      }
    }
    this.isWaking = false;
  }

  fail(error: Error): void {
    this.isFailed = true;
    for (const listener of [...this.listeners]) listener.fail(error);
  }

  end(): void {
    for (const listener of [...this.listeners]) listener.end();
  }

  /** Lets go of copies that nobody took between two looks. */
  sweep(): void {
    this.views.dropUpTo(this.lookedAt);
    this.lookedAt = this.newestSequence;
  }

  close(): void {
    this.views.dropUpTo(Number.POSITIVE_INFINITY);
  }
}
