import { setTimeout as pause } from 'node:timers/promises';
import type { Entry } from '../ledger/entry';
import { retry } from '../retry';
import type { Logger } from '../telemetry/logger';
import type {
  AccountRange,
  Append,
  AppendResult,
  CatchUp,
  CaughtUp,
  DuePlace,
  DueRange,
  EntryPlace,
  EntryRange,
  Journal,
  SnapshotHead,
  SnapshotMark,
  SweepState,
} from './journal';
import { JournalUnavailable } from './journal-error';

const retryMs = 500;
/** Period of the reminder in the log while the reason stays the same, in milliseconds. */
const remindMs = 30_000;

interface OpeningOptions {
  readonly logger: Logger;
  /** Called once if the store cannot be used, so that waiting would not help. */
  readonly onUnusable: (error: unknown) => void;
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/**
 * Replaces a journal that other servers may share while its store does not respond at the start.
 * Until the journal is open, every call rejects with {@link JournalUnavailable}.
 */
export class OpeningJournal implements Journal {
  readonly shared = true;
  private journal: Journal | null = null;
  private isClosed = false;
  private reason: string;

  private constructor(
    reason: JournalUnavailable,
    private readonly open: () => Promise<Journal>,
    private readonly options: OpeningOptions,
  ) {
    this.reason = reason.message;
  }

  /**
   * Opens a journal. If its store does not respond, returns a journal that keeps retrying.
   * @throws what `open` throws, except JournalUnavailable.
   */
  static async open(open: () => Promise<Journal>, options: OpeningOptions): Promise<Journal> {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      const journal = new OpeningJournal(error, open, options);
      void journal.retryUntilOpen(error);
      return journal;
    }
  }

  async catchUp(requests: readonly CatchUp[], entriesMax: number): Promise<CaughtUp[]> {
    return this.opened().catchUp(requests, entriesMax);
  }

  async append(appends: readonly Append[]): Promise<AppendResult[]> {
    return this.opened().append(appends);
  }

  get appendAlone(): Journal['appendAlone'] {
    return this.journal?.appendAlone?.bind(this.journal);
  }

  /** Returns the time of the store, or of this process if the store turns out to have no clock. */
  async now(): Promise<number> {
    return (await this.opened().now?.()) ?? Date.now();
  }

  async acceptClock(): Promise<void> {
    await this.opened().acceptClock?.();
  }

  async clockAcceptances(): Promise<number> {
    return (await this.opened().clockAcceptances?.()) ?? 0;
  }

  async confirm(entries: readonly Entry[]): Promise<boolean[]> {
    return this.opened().confirm(entries);
  }

  async entries(range: EntryRange): Promise<Entry[]> {
    return this.opened().entries(range);
  }

  async entriesAt(places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    return this.opened().entriesAt(places);
  }

  async newestNaming(places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    return this.opened().newestNaming(places);
  }

  async due(range: DueRange): Promise<DuePlace[]> {
    return this.opened().due(range);
  }

  async leaseSweep(holder: string, forMs: number): Promise<SweepState | null> {
    return this.opened().leaseSweep(holder, forMs);
  }

  async saveSweepMark(holder: string, mark: number): Promise<void> {
    return this.opened().saveSweepMark(holder, mark);
  }

  async idsAt(places: readonly EntryPlace[]): Promise<(string | null)[]> {
    return this.opened().idsAt(places);
  }

  async accounts(range: AccountRange): Promise<string[]> {
    return this.opened().accounts(range);
  }

  async saveSnapshot(snapshot: SnapshotMark, parts: AsyncIterable<string>): Promise<void> {
    return this.opened().saveSnapshot(snapshot, parts);
  }

  async snapshotPart(head: SnapshotHead, part: number): Promise<string | null> {
    return this.opened().snapshotPart(head, part);
  }

  async check(): Promise<void> {
    return this.opened().check();
  }

  async tryWrite(): Promise<void> {
    return this.opened().tryWrite();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.journal?.close();
  }

  private opened(): Journal {
    if (this.journal === null) throw new JournalUnavailable(this.reason);
    return this.journal;
  }

  /** Begins with the failure of the first attempt, so that it is logged like the others. */
  private async retryUntilOpen(first: JournalUnavailable): Promise<void> {
    const { wait = pauseUnreferenced, onUnusable } = this.options;
    try {
      await retry((attempt) => (attempt === 1 ? Promise.reject(first) : this.tryOpen()), {
        isRetryable: (error) => error instanceof JournalUnavailable && !this.isClosed,
        pauseMs: () => retryMs,
        onRetry: (error, attempt) => this.noteFailure(error as JournalUnavailable, attempt - 1),
        wait,
      });
    } catch (error) {
      // A journal that was closed while it opened is not unusable.
      if (!(error instanceof JournalUnavailable)) onUnusable(error);
    }
  }

  private async tryOpen(): Promise<void> {
    if (this.isClosed) return;
    const journal = await this.open();
    this.journal = journal;
    // It was closed while the last attempt was in flight.
    if (this.isClosed) await journal.close();
    else this.options.logger.info({}, 'The database responds: requests are served');
  }

  /** Logs each new reason, and reminds of the same one from time to time. */
  private noteFailure({ message }: JournalUnavailable, attempts: number): void {
    const isKnown = attempts > 1 && message === this.reason;
    this.reason = message;
    if (isKnown && ((attempts - 1) * retryMs) % remindMs !== 0) return;
    const { logger } = this.options;
    logger.warn({ reason: message }, 'Waiting for the database; until then no request is served');
  }
}

/** Pauses without keeping an otherwise idle process alive. */
async function pauseUnreferenced(milliseconds: number): Promise<void> {
  await pause(milliseconds, undefined, { ref: false });
}
