import type { EntryMark } from '../../journal/journal';
import type { Account } from '../../ledger/account';
import type { Entry } from '../../ledger/entry';
import { ExactViews, type ViewRoom } from './exact-views';
import { RecentEntries } from './recent-entries';

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
    for (const listener of this.listeners) listener.wake();
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
