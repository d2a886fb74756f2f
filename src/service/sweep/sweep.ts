import type { DuePlace, Journal } from '../../journal/journal';
import { lapseRowsMax } from '../../ledger/lapse';
import type { Logger } from '../../telemetry/logger';
import { faultFields } from '../health/store-fault';
import type { ClockGuard } from './clock-guard';
import { type Runs, recordAccounts, recordDue } from './record-accounts';

/** How far before its mark a sweep begins: an entry may be stored later than it was recorded. */
const overlapMs = 10 * 60_000;
const fullPeriodMs = 24 * 60 * 60_000;
/** Long enough that the lease lasts from one run to the next. */
const leaseMs = 150_000;
const placesPerPage = 500;

interface SweepOptions {
  readonly journal: Journal;
  readonly service: Runs;
  readonly guard: ClockGuard;
  readonly logger: Logger;
  /** Identifies this process. */
  readonly holder: string;
  /** Ends a run, which then rejects with the reason. */
  readonly signal?: AbortSignal;
  readonly monotonic: () => number;
}

/** What a run did. */
interface SweepRun {
  /** Accounts in which something became due, recorded or not. One may count on several pages. */
  readonly accounts: number;
  /** Accounts that could not be recorded. */
  readonly failed: number;
  /** Everything due at or before this instant is recorded. */
  readonly mark: number;
}

/**
 * Records what became due in accounts that nobody uses, so that history, subscribers and SQL see it
 * soon. No response depends on it.
 */
export class Sweep {
  private fullAt: number | null = null;

  constructor(private readonly options: SweepOptions) {}

  /**
   * Records everything that is due at or before an instant, from 10 minutes before the mark on, and
   * over the whole index of due dates at first and once a day. Returns null if another process has
   * the lease, or if the clock jumped. Two runs at once are harmless. Rejects as the
   * journal and the service do.
   */
  async run(until: number): Promise<SweepRun | null> {
    const { journal, holder, monotonic, guard } = this.options;
    if (!guard.begin()) return null;
    const state = await journal.leaseSweep(holder, leaseMs);
    if (state === null) return null;
    const isFull = this.fullAt === null || monotonic() - this.fullAt >= fullPeriodMs;
    const from = isFull || state.mark === null ? null : placeBefore(state.mark - overlapMs);
    const begun = monotonic();
    const run = await this.scan(from, until, async () => {
      return (await journal.leaseSweep(holder, leaseMs)) !== null;
    });
    if (run === null) return null;
    await journal.saveSweepMark(holder, Math.max(run.mark, state.mark ?? run.mark));
    if (isFull && run.failed === 0) this.fullAt = begun;
    return run;
  }

  /**
   * Records what is due between two places of the index.
   * @param mayGoOn called after each page.
   */
  async scan(
    from: DuePlace | null,
    until: number,
    mayGoOn: () => Promise<boolean>,
  ): Promise<SweepRun | null> {
    const { journal, signal } = this.options;
    let [after, accounts, failed, mark] = [from, 0, 0, until];
    for (;;) {
      const page = await journal.due({ after, until, limit: placesPerPage, signal });
      signal?.throwIfAborted();
      const results = await this.record(page);
      if (results === null) return null;
      for (const [accountId, error] of results) {
        accounts += 1;
        if (error === null) continue;
        failed += 1;
        const [first] = page.filter((place) => place.accountId === accountId);
        mark = Math.min(mark, first.at - 1);
      }
      if (page.length < placesPerPage) return { accounts, failed, mark };
      after = page[page.length - 1];
      if (!(await mayGoOn())) return null;
    }
  }

  /** Returns null if the clock jumped. */
  private async record(page: readonly DuePlace[]): Promise<Map<string, Error | null> | null> {
    const { service, guard, logger } = this.options;
    const due = new Map<string, number>();
    for (const { accountId, at } of page) due.set(accountId, at);
    const accountIds = [...due.keys()];
    const results = await recordAccounts(
      accountIds,
      async (accountId) => {
        if (await this.isRecorded(accountId, due.get(accountId)!)) return;
        await recordDue(service, accountId);
      },
      () => guard.allows(),
    );
    if (results.length < accountIds.length) return null;
    results.forEach((error, index) => {
      if (error === null) return;
      const fields = { ...faultFields(error), accountId: accountIds[index] };
      logger.error(fields, 'What is due was not recorded');
    });
    return new Map(accountIds.map((accountId, index) => [accountId, results[index]]));
  }

  /**
   * True if the newest entry proves it without loading the account: before an entry is recorded,
   * everything due by then is. An entry with the most rows may be one of several.
   */
  private async isRecorded(accountId: string, at: number): Promise<boolean> {
    const range = { from: 1, to: Number.MAX_SAFE_INTEGER, limit: 1 };
    const { journal } = this.options;
    const [newest] = await journal.entries({ accountId, ...range, order: 'descending' });
    if (newest === undefined || newest.recordedAt < at) return false;
    return newest.kind !== 'lapse' || newest.rows.length < lapseRowsMax;
  }
}

/** Returns the place before all places of an instant. */
function placeBefore(at: number): DuePlace {
  return { at, accountId: '' };
}
