import type { Journal } from '../../journal/journal';
import { isPartial, JournalDamaged, JournalUnavailable } from '../../journal/journal-error';
import type { Logger } from '../../telemetry/logger';
import { OutcomeUnknown } from '../service-error';
import { Outage } from './outage';
import { isOfTheStore, reasonOf } from './store-fault';
import { type StoreState, WriteHealth } from './write-health';

/** Between two log lines on a part of the store, in milliseconds. */
const partPeriodMs = 30_000;

interface StoreWatchOptions {
  readonly journal: Journal;
  readonly logger: Logger;
  /**
   * Time between a failed write and a trial write, and between two trial writes, in milliseconds.
   */
  readonly trialMs: number;
}

/**
 * Tracks whether the store can be read and written, logs changes of that, and makes trial writes
 * while writes fail. Without a failure it costs nothing: no timer runs. An error that is not the
 * store's is a bug, and is logged each time with its stack.
 */
export class StoreWatch {
  private readonly writes: WriteHealth;
  private readonly reads = new Outage();
  private readonly snapshots = new Outage();
  private timer: NodeJS.Timeout | null = null;
  private isClosed = false;
  private partLoggedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: StoreWatchOptions) {
    this.writes = new WriteHealth(options.trialMs);
  }

  get state(): StoreState {
    return this.writes.state;
  }

  /** Notes that writes of clients were not done, or are not known to be done. */
  writesFailed(error: unknown, writes: number): void {
    // Damage was logged when it was found, and no trial write ends it.
    if (isDamage(error)) return;
    const now = performance.now();
    if (this.notePart(error)) this.writes.suspect(now);
    else if (!isOfTheStore(error)) {
      this.options.logger.error({ err: error, writes }, 'Append failed');
      this.writes.suspect(now);
    } else if (this.writes.writesFailed(writes, now)) this.logOutage(error);
    this.schedule();
  }

  readsFailed(error: unknown, accounts: number): void {
    const { logger } = this.options;
    if (error instanceof JournalDamaged || this.notePart(error)) return;
    if (!(error instanceof JournalUnavailable)) {
      // What cannot be read may be one account's entries, while others are read.
      logger.error({ err: error, accounts }, 'Catching up failed');
    } else if (this.reads.fail(performance.now())) {
      logger.error({ reason: reasonOf(error) }, 'The store cannot be read');
    }
  }

  readsSucceeded(): void {
    if (this.reads.since === null) return;
    this.options.logger.info({ ...this.reads.end(performance.now()) }, 'The store is read again');
  }

  /**
   * Notes that a snapshot was not stored. A snapshot only saves time, so its failure alone does not
   * make writes fail; a trial write decides.
   */
  snapshotFailed(error: unknown, accountId: string): void {
    const { logger } = this.options;
    const now = performance.now();
    if (!isOfTheStore(error)) logger.warn({ err: error, accountId }, 'Snapshot not stored');
    else if (this.snapshots.fail(now)) {
      logger.warn({ reason: reasonOf(error), accountId }, 'Snapshots are not stored');
    }
    this.writes.suspect(now);
    this.schedule();
  }

  snapshotStored(): void {
    const ended = this.snapshots.end(performance.now());
    if (ended !== null) this.options.logger.info({ ...ended }, 'Snapshots are stored again');
  }

  close(): void {
    this.isClosed = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  /**
   * Returns true if only a part of a distributed store failed, and logs that at most once per
   * period. A trial write then tells whether any other part accepts writes.
   */
  private notePart(error: unknown): boolean {
    const cause = error instanceof OutcomeUnknown ? error.cause : error;
    if (!isPartial(cause)) return false;
    const now = performance.now();
    if (now - this.partLoggedAt >= partPeriodMs) {
      this.partLoggedAt = now;
      this.options.logger.error(
        { reason: reasonOf(error) },
        'A part of the store does not respond: its accounts are unavailable, others are served',
      );
    }
    return true;
  }

  private schedule(): void {
    const { trialDueAt } = this.writes;
    if (trialDueAt === null || this.timer !== null || this.isClosed) return;
    const waitMs = Math.max(0, trialDueAt - performance.now());
    this.timer = setTimeout(() => void this.tryWrite(), waitMs).unref();
  }

  private async tryWrite(): Promise<void> {
    this.writes.trialBegins(performance.now());
    try {
      await this.options.journal.tryWrite();
      this.trialSucceeded();
    } catch (error) {
      this.trialFailed(error);
    }
    this.timer = null;
    this.schedule();
  }

  private trialSucceeded(): void {
    const ended = this.writes.trialSucceeded(performance.now());
    if (ended === null || this.isClosed) return;
    const { failures, durationMs } = ended;
    this.options.logger.info({ failedWrites: failures, durationMs }, 'Writes succeed again');
  }

  private trialFailed(error: unknown): void {
    if (this.writes.trialFailed(performance.now()) && !this.isClosed) this.logOutage(error);
  }

  private logOutage(error: unknown): void {
    this.options.logger.error(
      { reason: reasonOf(error) },
      'Writes fail: /readyz returns 503 until a trial write succeeds',
    );
  }
}

/** True also if the damage was found after a commit, whose outcome is unknown for that reason. */
function isDamage(error: unknown): boolean {
  const cause = error instanceof OutcomeUnknown ? error.cause : error;
  return cause instanceof JournalDamaged;
}
