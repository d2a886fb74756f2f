import type { CaughtUp, EntryMark, Journal } from '../../journal/journal';
import { isPartial } from '../../journal/journal-error';
import type { Logger } from '../../telemetry/logger';
import { faultFields } from '../health/store-fault';
import { asServiceError } from '../journal-fault';
import { HistoryChanged } from '../service-error';
import type { AccountWatch } from './account-watch';

/** Entries per read, over all accounts and for one of them. */
const entriesMax = 4_000;
const entriesPerAccountMax = 250;

/**
 * In a store that nobody else writes, only one poll in this many reads: for an append of our own
 * whose outcome the server could not find out in time.
 */
const pollsPerOwnRead = 10;

interface FeedPollOptions {
  readonly journal: Journal;
  readonly logger: Logger;
  readonly pollMs: number;
  readonly awayMsMax: number;
}

/**
 * Polls for entries of other processes in all followed accounts, in one query. It needs no
 * notification of the database, so none can be lost.
 */
export class FeedPoll {
  private timer: NodeJS.Timeout | null = null;
  private awaySince: number | null = null;
  private polls = 0;

  constructor(
    private readonly options: FeedPollOptions,
    private readonly watches: ReadonlyMap<string, AccountWatch>,
  ) {}

  start(): void {
    this.timer ??= setTimeout(() => void this.poll(), this.options.pollMs).unref();
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private async poll(): Promise<void> {
    const watches = [...this.watches.values()].filter(({ recent }) => recent.isKnown);
    for (const watch of watches) watch.sweep();
    this.polls += 1;
    const isDue = this.options.journal.shared || this.polls % pollsPerOwnRead === 0;
    if (isDue && watches.length > 0) await this.catchUp(watches);
    if (this.timer === null) return;
    this.timer = null;
    if (this.watches.size > 0) this.start();
  }

  private async catchUp(watches: readonly AccountWatch[]): Promise<void> {
    try {
      let behind = await this.behind(watches);
      while (behind.length > 0) behind = await this.read(behind);
      this.awaySince = null;
    } catch (error) {
      if (isPartial(error)) await this.catchUpEach(watches);
      else this.noteAway(asServiceError(error), watches);
    }
  }

  /**
   * Polls each account by itself. Those of the part of the store that fails wait for the next poll.
   */
  private async catchUpEach(watches: readonly AccountWatch[]): Promise<void> {
    if (watches.length === 1) return;
    for (const watch of watches) await this.catchUp([watch]);
  }

  /** Returns the accounts whose newest entry is followed by another, or is missing. */
  private async behind(watches: readonly AccountWatch[]): Promise<AccountWatch[]> {
    const known = watches.map(({ recent }) => recent.newest);
    const places = watches.flatMap(({ accountId }, index) => {
      const sequence = known[index]?.sequence ?? 0;
      return [
        { accountId, sequence },
        { accountId, sequence: sequence + 1 },
      ];
    });
    const ids = await this.options.journal.idsAt(places);
    return watches.filter(
      (_watch, index) =>
        ids[2 * index] !== (known[index]?.id ?? null) || ids[2 * index + 1] !== null,
    );
  }

  /** Reads what is new, and returns the accounts that have more entries than one read takes. */
  private async read(watches: readonly AccountWatch[]): Promise<AccountWatch[]> {
    const requests = watches.map(({ accountId, recent }) => ({
      accountId,
      known: recent.newest,
      keys: [],
    }));
    const share = Math.min(entriesPerAccountMax, Math.floor(entriesMax / watches.length));
    const responses = await this.options.journal.catchUp(requests, Math.max(2, share));
    return watches.filter((watch, index) => notify(watch, requests[index].known, responses[index]));
  }

  private noteAway(error: Error, watches: readonly AccountWatch[]): void {
    const { logger, awayMsMax } = this.options;
    if (this.awaySince === null) {
      logger.warn(
        faultFields(error),
        'Changes of other servers are not seen: the store does not respond',
      );
    }
    this.awaySince ??= performance.now();
    if (performance.now() - this.awaySince < awayMsMax) return;
    for (const watch of watches) watch.fail(error);
  }
}

/** Passes on the entries that were read of an account. Returns true if there is more to read. */
function notify(
  watch: AccountWatch,
  known: EntryMark | null,
  { entries, more }: CaughtUp,
): boolean {
  const [first, ...later] = entries;
  if (known !== null && first?.id !== known.id) {
    watch.fail(new HistoryChanged());
    return false;
  }
  // An account without entries so far begins with its first, or with one that a snapshot is of.
  if (first?.sequence === 1 && known === null) watch.accepted(null, entries);
  else if (first !== undefined) watch.accepted(first, later);
  return more;
}
