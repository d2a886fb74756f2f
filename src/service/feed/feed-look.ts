import type { CaughtUp, EntryMark, Journal } from '../../journal/journal';
import type { Logger } from '../../telemetry/logger';
import { asServiceError } from '../journal-fault';
import { HistoryChanged } from '../service-error';
import type { AccountWatch } from './account-watch';

/** Entries that are read at once, over all accounts and for one of them. */
const entriesMax = 4_000;
const entriesPerAccountMax = 250;

/**
 * In a store that nobody else writes, only each so many-th look asks: for an own append of which the
 * server could not find out in time whether it was done.
 */
const looksAlone = 10;

export interface FeedLookOptions {
  readonly journal: Journal;
  readonly logger: Logger;
  readonly lookMs: number;
  readonly awayMsMax: number;
}

/**
 * Looks again and again whether other processes have accepted something for the accounts that are
 * followed: one question for all of them. It sees what a notice would have told, also after a lost
 * connection.
 */
export class FeedLook {
  private timer: NodeJS.Timeout | null = null;
  private awaySince: number | null = null;
  private looks = 0;

  constructor(
    private readonly options: FeedLookOptions,
    private readonly watches: ReadonlyMap<string, AccountWatch>,
  ) {}

  start(): void {
    this.timer ??= setTimeout(() => void this.look(), this.options.lookMs).unref();
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private async look(): Promise<void> {
    const watches = [...this.watches.values()].filter(({ recent }) => recent.isKnown);
    for (const watch of watches) watch.sweep();
    this.looks += 1;
    const isDue = this.options.journal.shared || this.looks % looksAlone === 0;
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
      this.noteAway(asServiceError(error), watches);
    }
  }

  /** Those whose newest entry is followed by another, or is not there any more. */
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

  /** Reads what is new, and answers whose entries were more than one read takes. */
  private async read(watches: readonly AccountWatch[]): Promise<AccountWatch[]> {
    const requests = watches.map(({ accountId, recent }) => ({
      accountId,
      known: recent.newest,
      keys: [],
    }));
    const share = Math.min(entriesPerAccountMax, Math.floor(entriesMax / watches.length));
    const answers = await this.options.journal.catchUp(requests, Math.max(2, share));
    return watches.filter((watch, index) => tell(watch, requests[index].known, answers[index]));
  }

  private noteAway(error: Error, watches: readonly AccountWatch[]): void {
    const { logger, awayMsMax } = this.options;
    if (this.awaySince === null) {
      logger.warn(
        { err: error },
        'Changes of other servers are not seen: the store does not answer',
      );
    }
    this.awaySince ??= performance.now();
    if (performance.now() - this.awaySince < awayMsMax) return;
    for (const watch of watches) watch.fail(error);
  }
}

/** Hands over what was read of an account; true where there is more to read. */
function tell(watch: AccountWatch, known: EntryMark | null, { entries, more }: CaughtUp): boolean {
  const [first, ...later] = entries;
  if (known !== null && first?.id !== known.id) {
    watch.fail(new HistoryChanged());
    return false;
  }
  // Of an account that had no entry it begins with the first, or with one that a snapshot is of.
  if (first?.sequence === 1 && known === null) watch.accepted(null, entries);
  else if (first !== undefined) watch.accepted(first, later);
  return more;
}
