import { randomUUID } from 'node:crypto';
import type { Journal } from '../../journal/journal';
import { countOf } from '../../ledger/count-of';
import type { Entry } from '../../ledger/entry';
import { OperatorError } from '../../operator-error';
import type { Logger } from '../../telemetry/logger';
import { BatchingLedgerService } from '../batching-ledger-service';
import { clockOf } from '../health/clock-of';
import { ClockGuard } from './clock-guard';
import { Sweep } from './sweep';

interface SweepStoreOptions {
  /** Everything due at or before this instant is recorded, in milliseconds; by default now. */
  readonly until?: number;
  /** Tells servers whose clock has jumped that it is right: they sweep again. */
  readonly acceptClock?: boolean;
  readonly logger: Logger;
  /** Milliseconds since 1970 UTC; by default the clock of the store, or of this process. */
  readonly now?: () => number;
  readonly onProgress?: (progress: SweepProgress) => void;
}

/** What was recorded so far. */
interface SweepProgress {
  /** Accounts in which something was recorded. */
  readonly accounts: number;
  readonly entries: number;
  /** Expiries and beginnings of lots, and ends of holds; a lot may expire more than once. */
  readonly rows: number;
}

export interface SweepResult extends SweepProgress {
  /** Accounts that could not be recorded; each is logged. */
  readonly failed: number;
}

/**
 * Records what is due in all accounts of a store, once, over the whole index of due dates, and
 * closes the journal. Servers may run at the same time. O(due dates). Rejects as the journal and
 * the service do.
 * @throws OperatorError if `until` is later than now, if the clock of the store cannot be read, or
 *   if the clock jumps during the sweep.
 */
export async function sweepStore(
  journal: Journal,
  options: SweepStoreOptions,
): Promise<SweepResult> {
  const { logger, onProgress } = options;
  const counts = new Counts();
  const service = new BatchingLedgerService({
    journal,
    logger,
    now: options.now,
    onAccepted(entries) {
      counts.add(entries);
      onProgress?.(counts.progress);
    },
  });
  try {
    const now = await timeOf(journal, options);
    const { until = now } = options;
    if (until > now) throw laterThanNow(until, now);
    if (options.acceptClock) await journal.acceptClock?.();
    const monotonic = () => performance.now();
    const guard = new ClockGuard({ now: options.now ?? Date.now, monotonic, logger });
    const sweep = new Sweep({ journal, service, guard, logger, holder: randomUUID(), monotonic });
    const run = await sweep.scan(null, until, async () => true);
    if (run === null) throw clockJumped(counts.progress);
    return { ...counts.progress, failed: run.failed };
  } finally {
    await service.close();
  }
}

async function timeOf(journal: Journal, { logger, now }: SweepStoreOptions): Promise<number> {
  const clock = clockOf(journal, logger, now);
  await clock.begin();
  const time = clock.read();
  clock.close();
  if (time === null) throw new OperatorError('setting', 'The clock of the store cannot be read.');
  return time;
}

function laterThanNow(until: number, now: number): OperatorError {
  const [given, present] = [until, now].map((time) => new Date(time).toISOString());
  return new OperatorError('setting', `--until is ${given}, but it is only ${present} now.`);
}

function clockJumped({ accounts }: SweepProgress): OperatorError {
  return new OperatorError(
    'store',
    `The clock jumped during the sweep, after what was due in ${countOf(accounts, 'account')} was ` +
      'recorded. Check the clock, and run the sweep again.',
  );
}

class Counts {
  private readonly accountIds = new Set<string>();
  private entries = 0;
  private rows = 0;

  get progress(): SweepProgress {
    return { accounts: this.accountIds.size, entries: this.entries, rows: this.rows };
  }

  add(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (entry.kind !== 'lapse') continue;
      this.accountIds.add(entry.accountId);
      this.entries += 1;
      this.rows += entry.rows.length;
    }
  }
}
