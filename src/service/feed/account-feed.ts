import type { EntryMark, Journal } from '../../journal/journal';
import type { Account } from '../../ledger/account';
import type { Entry } from '../../ledger/entry';
import { shownName } from '../../ledger/shown-name';
import type { Logger } from '../../telemetry/logger';
import { asServiceError } from '../journal-fault';
import { HistoryChanged, ServiceUnavailable } from '../service-error';
import { AccountFollower, type FollowerOptions } from './account-follower';
import { AccountWatch, type Listener } from './account-watch';
import { RowBudget } from './exact-views';
import { FeedPoll } from './feed-poll';
import type { Changes, FollowRequest } from './follow';

interface FeedOptions extends Omit<FollowerOptions, 'readEntries' | 'onEnd'> {
  readonly journal: Journal;
  readonly logger: Logger;
  /** Time between two polls for entries of other processes, in milliseconds. */
  readonly pollMs: number;
  /** Rows of the copied accounts, all together. */
  readonly viewRowsMax: number;
  /** Milliseconds since 1970 UTC; null if not known. */
  readonly time: () => number | null;
}

/**
 * Notifies subscribers of accepted entries: of this process at once, of others within `pollMs`. The
 * memory is bounded by the number of followed accounts and of followers.
 */
export class AccountFeed {
  private readonly watches = new Map<string, AccountWatch>();
  private readonly budget: RowBudget;
  private readonly poll: FeedPoll;
  private isClosed = false;

  constructor(private readonly options: FeedOptions) {
    this.budget = new RowBudget(options.viewRowsMax);
    this.poll = new FeedPoll(options, this.watches);
  }

  /**
   * Begins to follow an account, whose id must be a valid text. Rejects with `HistoryChanged` if
   * `after` is past the newest entry, or as the service does.
   */
  async follow<View>({ accountId, after, view }: FollowRequest<View>): Promise<Changes<View>> {
    const watch = this.watchOf(accountId);
    const joining = { wake: () => {}, fail: () => {}, end: () => {} };
    watch.listeners.add(joining);
    try {
      const position = await this.positionOf(watch, after);
      if (this.isClosed) throw new ServiceUnavailable('The server is stopping; retry.');
      const follower: AccountFollower<View> = new AccountFollower(watch, view, position, {
        ...this.options,
        readEntries: (range) => this.options.journal.entries(range),
        onEnd: () => {
          if (view !== null) watch.views.unwant(view);
          this.leave(watch, follower);
        },
      });
      if (view !== null) watch.views.want(view);
      watch.listeners.add(follower);
      watch.noteSent(position);
      return follower;
    } finally {
      this.leave(watch, joining);
    }
  }

  /**
   * Notes an entry that was applied to an account in memory: by a batch that writes it next, or as
   * read. An account in which something is due is not copied: subscribers read it with that.
   */
  applied(account: Account, entry: Entry): void {
    if (this.watches.size === 0) return;
    const watch = this.watches.get(account.id);
    if (watch === undefined) return;
    const time = this.options.time() ?? Number.NEGATIVE_INFINITY;
    if (account.nextDue > time) watch.applied(account, entry);
  }

  /** Returns the accounts that are followed, and the newest entry known of each. */
  followed(): Iterable<AccountWatch> {
    return [...this.watches.values()].filter(({ recent }) => recent.isKnown);
  }

  /**
   * Notes entries that are durable, follow one another, and follow an entry that is durable too.
   */
  accepted(accountId: string, after: EntryMark | null, entries: readonly Entry[]): void {
    if (this.watches.size > 0) this.watches.get(accountId)?.accepted(after, entries);
  }

  /** Ends all streams. */
  close(): void {
    this.isClosed = true;
    for (const watch of [...this.watches.values()]) watch.end();
    this.poll.stop();
  }

  private watchOf(accountId: string): AccountWatch {
    const present = this.watches.get(accountId);
    if (present !== undefined && !present.isFailed) return present;
    const watch = new AccountWatch(accountId, this.budget);
    this.watches.set(accountId, watch);
    this.poll.start();
    return watch;
  }

  private leave(watch: AccountWatch, listener: Listener): void {
    watch.listeners.delete(listener);
    if (watch.listeners.size > 0) return;
    watch.close();
    if (this.watches.get(watch.accountId) === watch) this.watches.delete(watch.accountId);
  }

  /**
   * Returns the entry after which the changes begin, and notes the newest entry of the account.
   * @throws HistoryChanged if `after` is past the newest entry.
   */
  private async positionOf(watch: AccountWatch, after: number | null): Promise<EntryMark | null> {
    const { accountId } = watch;
    const newest = await this.options.readAccount(accountId, (account) => account?.sequence ?? 0);
    if (after !== null && after > newest) throw unknownPosition(accountId, after, newest);
    const places = [after ?? newest, newest].map((sequence) => ({ accountId, sequence }));
    const [from, to] = await this.idsAt(places);
    const position = markOf(places[0].sequence, from);
    watch.recent.begin(markOf(newest, to));
    return position;
  }

  private async idsAt(places: readonly { accountId: string; sequence: number }[]) {
    try {
      return await this.options.journal.idsAt(places);
    } catch (error) {
      throw asServiceError(error);
    }
  }
}

function unknownPosition(accountId: string, after: number, newest: number): HistoryChanged {
  return new HistoryChanged(
    `after is ${after}, but the last entry of account ${JSON.stringify(shownName(accountId))} is ${newest}: ` +
      'what was seen is not in the current history. Read the account again, and subscribe ' +
      'from there.',
  );
}

/** Throws if an entry that existed a moment ago is missing: then its history is gone. */
function markOf(sequence: number, id: string | null): EntryMark | null {
  if (sequence === 0) return null;
  if (id === null) throw new HistoryChanged();
  return { sequence, id };
}
