import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { AccountRange, EntryPlace, EntryRange, Journal } from '../journal/journal';
import type { Entry } from '../ledger/entry';
import { isText } from '../ledger/text';
import type { Logger } from '../telemetry/logger';
import { allOrNone } from './batches/all-or-none';
import { BatchLoop } from './batches/batch-loop';
import { BatchRunner } from './batches/batch-runner';
import { resolveInvalidAccount } from './batches/invalid-account';
import { JobQueue } from './batches/job-queue';
import { groupsOf, type JobGroup, type PendingJob, rejectAll } from './batches/pending-job';
import { WaitingGroups } from './batches/waiting-groups';
import { AccountFeed } from './feed/account-feed';
import type { Changes, FollowRequest } from './feed/follow';
import { clockOf } from './health/clock-of';
import type { LedgerClock } from './health/ledger-clock';
import { StoreWatch } from './health/store-watch';
import type { StoreState } from './health/write-health';
import { asServiceError } from './journal-fault';
import type { Job, JobResult, LedgerService } from './ledger-service';
import { observerOf } from './residents/account-observer';
import { Residents } from './residents/residents';
import { Overloaded, ServiceUnavailable } from './service-error';
import { type ServiceLimits, serviceLimits } from './service-limits';
import { Sweeper } from './sweep/sweeper';

export interface LedgerServiceOptions {
  readonly journal: Journal;
  readonly logger: Logger;
  readonly limits?: Partial<ServiceLimits>;
  /**
   * Milliseconds since 1970 UTC. By default the clock of the store, or of this process if the store
   * has none.
   */
  readonly now?: () => number;
  readonly newId?: () => string;
  readonly wait?: (milliseconds: number) => Promise<void>;
  /** True to record what is due also in accounts that nobody changes. Default: false. */
  readonly sweep?: boolean;
  /** Called with entries of this process that are durable. */
  readonly onAccepted?: (entries: readonly Entry[]) => void;
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
  private readonly queue = new JobQueue(() => this.loop.start());
  private readonly waiting = new WaitingGroups(this.queue);
  private readonly residents: Residents;
  private readonly loop: BatchLoop;
  private readonly feed: AccountFeed;
  private readonly store: StoreWatch;
  private readonly clock: LedgerClock;
  private readonly sweeper: Sweeper | null = null;
  private watch: NodeJS.Timeout | null = null;
  private isClosing = false;

  constructor(options: LedgerServiceOptions) {
    const { journal, logger, newId = randomUUID, wait = pause } = options;
    this.journal = journal;
    this.limits = { ...serviceLimits, ...options.limits };
    this.store = new StoreWatch({ journal, logger, trialMs: this.limits.trialMs });
    this.clock = clockOf(journal, logger, options.now);
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
      time: () => this.clock.estimate(),
    });
    const { limits, queue, waiting, store, clock } = this;
    const common = { journal, limits, newId, store, clock, wait };
    const observer = observerOf(this.feed, options.onAccepted);
    const batchEnd = () => this.loop.batchEnd();
    const residents = new Residents({ ...common, logger, observer, batchEnd });
    this.residents = residents;
    const shownDue = (accountId: string) => this.sweeper?.note(accountId);
    const runner = new BatchRunner({ ...common, queue, waiting, residents, shownDue });
    const { shared } = journal;
    this.loop = new BatchLoop({ ...common, queue, shared, run: (groups) => runner.run(groups) });
    if (options.sweep) this.sweeper = this.startSweeper(logger);
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
    // What waits for several costs more promises than the rest of the service.
    if (settled.length === 1) return [(await settled[0]) as JobResult<View>];
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
    // Without a sweep and before the first command, nothing else has compared the clock.
    await this.clock.begin();
    return this.clock.isUsable ? this.store.state : 'writes-fail';
  }

  async close(): Promise<void> {
    if (this.isClosing) return;
    this.isClosing = true;
    this.feed.close();
    await this.sweeper?.close();
    do {
      await this.loop.ended();
      await this.residents.settled();
      await this.waiting.settled();
    } while (this.loop.isServing);
    if (this.watch !== null) clearInterval(this.watch);
    this.store.close();
    this.clock.close();
    await this.journal.close();
  }

  private startSweeper(logger: Logger): Sweeper {
    const { journal, clock, feed, residents } = this;
    const sweeper = new Sweeper({
      journal,
      service: this,
      clock,
      logger,
      followed: () => feed.followed(),
      cached: (accountId) => residents.get(accountId)?.seen ?? null,
    });
    sweeper.start();
    return sweeper;
  }

  private enqueue(group: JobGroup): void {
    if (this.queue.rows + this.waiting.rows + group.rows > this.limits.queueRowsMax) {
      rejectAll(group, new Overloaded('Too many requests wait already; retry after a pause.'));
      return;
    }
    this.watch ??= setInterval(() => this.refuseLate(), refuseLateMs).unref();
    this.queue.add(group);
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
}

async function available<T>(result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    throw asServiceError(error);
  }
}
