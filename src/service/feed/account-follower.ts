import { setImmediate as nextIteration } from 'node:timers/promises';
import type { EntryMark, EntryRange } from '../../journal/journal';
import type { Account } from '../../ledger/account';
import { type Entry, lotsOf } from '../../ledger/entry';
import { retry } from '../../retry';
import { asServiceError } from '../journal-fault';
import { HistoryChanged, Overloaded, ServiceUnavailable } from '../service-error';
import type { AccountWatch, Listener } from './account-watch';
import type { AccountView, Change, Changes } from './follow';

/** Entries per read, at first and later; the event loop runs other work between two reads. */
const pageMin = 4;
const pageMax = 32;
/** Lots that the spends of a page may name; beyond that, entries are read one by one. */
const pageLotsMax = 5_000;

export interface FollowerOptions {
  readonly readEntries: (range: EntryRange) => Promise<Entry[]>;
  /** Reads an account through the batches, so that it shows every acknowledged change. */
  readonly readAccount: <View>(
    accountId: string,
    view: (account: Account | null) => View,
  ) => Promise<View>;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Pause between two attempts while the store is away, and the time after which it gives up. */
  readonly retryMs: number;
  readonly awayMsMax: number;
  /** Called once, when nothing more is sent. */
  readonly onEnd: () => void;
}

const over = { done: true, value: undefined } as const;

interface State<View> {
  readonly sequence: number;
  readonly view: View;
}

/**
 * Follows one account for one subscriber. Holds the position of the last entry sent and at most a
 * page of entries, however much happens and however slow the subscriber is: what it has not taken
 * yet is in the journal.
 */
export class AccountFollower<View> implements Changes<View>, Listener {
  private page: readonly Entry[] = [];
  private pageSize = pageMin;
  private taken = 0;
  private state: State<View> | null = null;
  private isOver = false;
  private failure: Error | null = null;
  private isNews = false;
  private awake: (() => void) | null = null;

  /** @param position the entry after which the changes begin. */
  constructor(
    private readonly watch: AccountWatch,
    private readonly view: AccountView<View> | null,
    private position: EntryMark | null,
    private readonly options: FollowerOptions,
  ) {}

  async next(): Promise<IteratorResult<Change<View>, undefined>> {
    try {
      const entry = await this.nextEntry();
      if (entry === null) return over;
      const view = this.view === null ? null : await this.viewAt(entry, this.view);
      if (this.isOver) return over;
      this.position = entry;
      this.taken += 1;
      this.watch.noteSent(entry);
      return { done: false, value: { entry, view } };
    } catch (error) {
      this.end();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<Change<View>, undefined>> {
    this.end();
    return over;
  }

  wake(): void {
    this.isNews = true;
    this.awake?.();
  }

  fail(error: Error): void {
    this.failure ??= error;
    this.wake();
  }

  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.page = [];
    this.state = null;
    this.wake();
    this.options.onEnd();
  }

  /** Returns the next entry, or null at the end of the stream. */
  private async nextEntry(): Promise<Entry | null> {
    while (!this.isOver) {
      this.isNews = false;
      if (this.failure !== null) throw this.failure;
      if (this.taken < this.page.length) return this.page[this.taken];
      this.page = await this.patiently(() => this.nextPage());
      this.taken = 0;
      if (this.page.length === 0) await this.news();
      else await nextIteration();
    }
    return null;
  }

  private async nextPage(): Promise<readonly Entry[]> {
    const recent = this.watch.recent.after(this.position);
    if (recent === 'forked') throw new HistoryChanged();
    if (recent !== null) return recent.slice(0, pageMax);
    const entries = await this.read();
    const lots = entries.reduce((sum, entry) => sum + lotsOf(entry), 0);
    this.pageSize = lots > pageLotsMax ? 1 : Math.min(pageMax, 2 * this.pageSize);
    return entries;
  }

  /**
   * Reads from the last entry sent, inclusive.
   * @throws HistoryChanged if another id is there.
   */
  private async read(): Promise<readonly Entry[]> {
    const { accountId } = this.watch;
    const { position } = this;
    const entries = await this.options.readEntries({
      accountId,
      from: position?.sequence ?? 1,
      to: Number.MAX_SAFE_INTEGER,
      order: 'ascending',
      limit: this.pageSize + 1,
    });
    if (position === null) return entries;
    if (entries.at(0)?.id !== position.id) throw new HistoryChanged();
    return entries.slice(1);
  }

  private async news(): Promise<void> {
    if (this.isNews || this.isOver) return;
    await new Promise<void>((resolve) => {
      this.awake = resolve;
    });
    this.awake = null;
  }

  /**
   * Returns the account right after the entry if a copy exists, otherwise as it is now.
   * @throws HistoryChanged if the account has fewer entries now.
   */
  private async viewAt(entry: Entry, view: AccountView<View>): Promise<View> {
    const { views, newestSequence } = this.watch;
    const exact = views.find(entry, view);
    if (exact !== undefined) return exact;
    if (this.state === null || this.state.sequence < Math.max(entry.sequence, newestSequence)) {
      this.state = await this.patiently(() => this.readState(view));
    }
    if (this.state === null || this.state.sequence < entry.sequence) throw new HistoryChanged();
    // The read may just have applied the entry, and so have made the copy.
    return views.find(entry, view) ?? this.state.view;
  }

  private readState({ copy }: AccountView<View>): Promise<State<View> | null> {
    return this.options.readAccount(this.watch.accountId, (account) =>
      account === null ? null : { sequence: account.sequence, view: copy(account) },
    );
  }

  /** Retries a read: a store that is away for a while only delays the changes. */
  private patiently<Result>(read: () => Promise<Result>): Promise<Result> {
    const { wait, retryMs, awayMsMax } = this.options;
    const attempt = () =>
      read().catch((error) => {
        throw asServiceError(error);
      });
    return retry(attempt, {
      pauseMs: () => retryMs,
      totalMsMax: awayMsMax,
      wait,
      isRetryable: (error) =>
        !this.isOver && (error instanceof ServiceUnavailable || error instanceof Overloaded),
    });
  }
}
