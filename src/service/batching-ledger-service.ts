import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { AccountRange, EntryPlace, EntryRange, Journal } from '../journal/journal';
import type { Entry } from '../ledger/entry';
import { isText } from '../ledger/text';
import type { Logger } from '../telemetry/logger';
import { BatchRunner } from './batches/batch-runner';
import { resolveInvalidAccount } from './batches/invalid-account';
import { JobQueue } from './batches/job-queue';
import {
  groupOf,
  type JobGroup,
  jobsOneByOne,
  type PendingJob,
  rejectAll,
} from './batches/pending-job';
import { WaitingGroups } from './batches/waiting-groups';
import { AccountFeed } from './feed/account-feed';
import type { Changes, FollowRequest } from './feed/follow';
import { LedgerClock } from './health/ledger-clock';
import { StoreWatch } from './health/store-watch';
import type { StoreState } from './health/write-health';
import { asServiceError } from './journal-fault';
import type { Job, JobResult, LedgerService } from './ledger-service';
import { Residents } from './residents/residents';
import { OutcomeUnknown, Overloaded, ServiceUnavailable } from './service-error';
import { type ServiceLimits, serviceLimits } from './service-limits';

export interface LedgerServiceOptions {
  readonly journal: Journal;
  readonly logger: Logger;
  readonly limits?: Partial<ServiceLimits>;
  /** Milliseconds since 1970 UTC. */
  readonly now?: () => number;
  readonly newId?: () => string;
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** Time between two checks for requests that have waited too long. */
const refuseLateMs = 250;

/**
 * Serves the ledger in batches, as group commit does: while one batch is written, requests queue;
 * then they are taken together, decided in memory one after another, and written at once. Only then
 * do they resolve.
 */
export class BatchingLedgerService implements LedgerService {
  private readonly journal: Journal;
  private readonly limits: ServiceLimits;
  private readonly queue = new JobQueue(() => this.start());
  private readonly waiting = new WaitingGroups(this.queue);
  private readonly residents: Residents;
  private readonly runner: BatchRunner;
  private readonly feed: AccountFeed;
  private readonly store: StoreWatch;
  private readonly clock: LedgerClock;
  private readonly wait: (milliseconds: number) => Promise<void>;
  private running: Promise<void> | null = null;
  private watch: NodeJS.Timeout | null = null;
  private isClosing = false;

  constructor(options: LedgerServiceOptions) {
    const { journal, logger, now = Date.now, newId = randomUUID, wait = pause } = options;
    this.journal = journal;
    this.wait = wait;
    this.limits = { ...serviceLimits, ...options.limits };
    this.store = new StoreWatch({ journal, logger, trialMs: this.limits.trialMs });
    this.clock = new LedgerClock(now, logger);
    this.feed = new AccountFeed({
      journal,
      logger,
      wait,
      pollMs: this.limits.pollMs,
      retryMs: this.limits.pollMs,
      awayMsMax: this.limits.followAwayMsMax,
      viewRowsMax: this.limits.followViewRowsMax,
      readAccount: async (accountId, view) => {
        const [result] = await this.run([{ accountId, commands: [], view }]);
        return result.view;
      },
    });
    const { feed: observer, limits, queue, waiting, store, clock } = this;
    const common = { journal, limits, newId, store, clock, wait };
    const residents = new Residents({ ...common, logger, observer });
    this.residents = residents;
    this.runner = new BatchRunner({ ...common, queue, waiting, residents });
  }

  async run<View>(jobs: readonly Job<View>[]): Promise<JobResult<View>[]> {
    if (this.isClosing) throw new ServiceUnavailable('The server is stopping; retry.');
    const pending: PendingJob[] = [];
    const since = performance.now();
    const settled = jobs.map(
      (job) =>
        new Promise<JobResult<unknown>>((resolve, reject) => {
          const waiting = { job, resolve, reject, since };
          if (isText(job.accountId)) pending.push(waiting);
          else resolveInvalidAccount(waiting);
        }),
    );
    for (const group of groupsOf(pending)) this.enqueue(group);
    return allOrNone(
      (await Promise.allSettled(settled)) as PromiseSettledResult<JobResult<View>>[],
    );
  }

  entries(range: EntryRange): Promise<Entry[]> {
    return available(this.journal.entries(range));
  }

  entriesAt(places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    return available(this.journal.entriesAt(places));
  }

  newestNaming(places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    return available(this.journal.newestNaming(places));
  }

  accounts(range: AccountRange): Promise<string[]> {
    return available(this.journal.accounts(range));
  }

  follow<View>(request: FollowRequest<View>): Promise<Changes<View>> {
    return this.feed.follow(request);
  }

  async check(): Promise<StoreState> {
    if (this.isClosing) throw new ServiceUnavailable('The server is stopping.');
    await available(this.journal.check());
    return this.clock.isUsable ? this.store.state : 'writes-fail';
  }

  async close(): Promise<void> {
    if (this.isClosing) return;
    this.isClosing = true;
    this.feed.close();
    do {
      await this.running;
      await this.residents.settled();
      await this.waiting.settled();
    } while (this.running !== null);
    if (this.watch !== null) clearInterval(this.watch);
    this.store.close();
    await this.journal.close();
  }

  private enqueue(group: JobGroup): void {
    if (this.queue.rows + this.waiting.rows + group.rows > this.limits.queueRowsMax) {
      rejectAll(group, new Overloaded('Too many requests wait already; retry after a pause.'));
      return;
    }
    this.watch ??= setInterval(() => this.refuseLate(), refuseLateMs).unref();
    this.queue.add(group);
  }

  private start(): void {
    this.running ??= this.serve();
  }

  private async serve(): Promise<void> {
    do {
      await this.gather();
      await this.runner.run(this.queue.take(this.limits.batchRowsMax));
    } while (this.queue.rows > 0);
    this.running = null;
  }

  /**
   * Rejects requests that waited too long while a batch waits for a store that does not respond.
   */
  private refuseLate(): void {
    const since = performance.now() - this.limits.waitMsMax;
    const late = [...this.queue.takeOlderThan(since), ...this.waiting.takeOlderThan(since)];
    const error = new ServiceUnavailable(
      'The request waited too long for the store; nothing was changed, retry.',
    );
    for (const group of late) rejectAll(group, error);
  }

  /**
   * Waits while each iteration of the event loop brings new requests: the CPU is then busy anyway,
   * and the more requests share a write, the less each costs.
   */
  private async gather(): Promise<void> {
    const { batchRowsMax, gatherTurnsMax, returnedWaitMs } = this.limits;
    // A client that just got its response sends its next request within milliseconds. A batch of
    // only those that lost their race would delay all of these.
    if (this.journal.shared && this.queue.hasReturned) await this.wait(returnedWaitMs);
    for (let turn = 0; turn < gatherTurnsMax; turn += 1) {
      const before = this.queue.rows;
      await nextTurn();
      if (this.queue.rows >= batchRowsMax || (turn > 0 && this.queue.rows === before)) return;
    }
  }
}

/** Jobs that show a later instant are served one by one, since each may take long. */
function groupsOf(jobs: readonly PendingJob[]): JobGroup[] {
  const together = jobs.filter(({ job }) => job.at === undefined);
  const alone = jobs.filter(({ job }) => job.at !== undefined);
  const groups = together.length === 0 ? [] : [groupOf(together)];
  return [...groups, ...jobsOneByOne(alone)];
}

/**
 * Returns the results, or throws the first error: jobs fail together. If some were recorded before
 * a fault, callers must not assume that none was.
 */
function allOrNone<View>(settled: readonly PromiseSettledResult<JobResult<View>>[]) {
  const results = settled.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed === undefined) return results;
  const isRecorded = results.some(({ outcomes }) =>
    outcomes.some(({ kind }) => kind === 'accepted'),
  );
  if (!isRecorded) throw failed.reason;
  throw new OutcomeUnknown(
    'Only a part of the call could be recorded. Retry it with the same idempotency keys.',
    { cause: failed.reason },
  );
}

async function available<T>(result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    throw asServiceError(error);
  }
}
