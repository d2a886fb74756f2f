import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { AccountRange, EntryPlace, EntryRange, Journal } from '../journal/journal';
import type { Entry } from '../ledger/entry';
import { isText } from '../ledger/text';
import type { Logger } from '../telemetry/logger';
import { answerInvalidAccount } from './account-work';
import { BatchRunner } from './batch-runner';
import { AccountFeed } from './feed/account-feed';
import type { Changes, FollowRequest } from './feed/follow';
import { JobQueue } from './job-queue';
import { asServiceError } from './journal-fault';
import { LedgerClock } from './ledger-clock';
import type { Job, JobResult, LedgerService } from './ledger-service';
import { groupOf, type JobGroup, type PendingJob, rejectAll } from './pending-job';
import { OutcomeUnknown, Overloaded, ServiceUnavailable } from './service-error';
import { type ServiceLimits, serviceLimits } from './service-limits';
import { StoreWatch } from './store-watch';
import type { StoreState } from './write-health';

export interface LedgerServiceOptions {
  readonly journal: Journal;
  readonly logger: Logger;
  readonly limits?: Partial<ServiceLimits>;
  /** Milliseconds since 1970 UTC. */
  readonly now?: () => number;
  readonly newId?: () => string;
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** How often it is looked who has waited too long. */
const lookMs = 250;

/**
 * Carries the ledger in batches, as group commit does: while one batch is written, requests queue;
 * then they are taken together, decided in memory one after another, and written at once. Only then
 * are they answered.
 */
export class BatchingLedgerService implements LedgerService {
  private readonly journal: Journal;
  private readonly limits: ServiceLimits;
  private readonly queue = new JobQueue();
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
      lookMs: this.limits.lookMs,
      retryMs: this.limits.lookMs,
      awayMsMax: this.limits.followAwayMsMax,
      viewRowsMax: this.limits.followViewRowsMax,
      readAccount: async (accountId, view) => {
        const [result] = await this.run([{ accountId, commands: [], view }]);
        return result.view;
      },
    });
    this.runner = new BatchRunner({
      journal,
      logger,
      limits: this.limits,
      store: this.store,
      clock: this.clock,
      newId,
      wait,
      requeue: (groups) => this.requeue(groups),
      observer: this.feed,
    });
  }

  async run<View>(jobs: readonly Job<View>[]): Promise<JobResult<View>[]> {
    if (this.isClosing) throw new ServiceUnavailable('The server is stopping; retry.');
    const pending: PendingJob[] = [];
    const since = performance.now();
    const answers = jobs.map(
      (job) =>
        new Promise<JobResult<unknown>>((resolve, reject) => {
          const waiting = { job, resolve, reject, since };
          if (isText(job.accountId)) pending.push(waiting);
          else answerInvalidAccount(waiting);
        }),
    );
    if (pending.length > 0) this.enqueue(groupOf(pending));
    return allOrNone(
      (await Promise.allSettled(answers)) as PromiseSettledResult<JobResult<View>>[],
    );
  }

  entries(range: EntryRange): Promise<Entry[]> {
    return available(this.journal.entries(range));
  }

  entriesAt(places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    return available(this.journal.entriesAt(places));
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
      await this.runner.settled();
    } while (this.running !== null);
    if (this.watch !== null) clearInterval(this.watch);
    this.store.close();
    await this.journal.close();
  }

  private enqueue(group: JobGroup): void {
    const waiting = this.queue.rows + this.runner.waitingRows;
    if (waiting + group.rows > this.limits.queueRowsMax) {
      rejectAll(group, new Overloaded('Too many requests wait already; retry after a pause.'));
      return;
    }
    this.queue.add(group);
    this.watch ??= setInterval(() => this.refuseLate(), lookMs).unref();
    this.start();
  }

  /** What waited for an account, or lost to another process, comes before what came later. */
  private requeue(groups: readonly JobGroup[]): void {
    this.queue.putBack(groups);
    this.start();
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

  /** While a batch waits for a store that does not answer, those behind it need not hang. */
  private refuseLate(): void {
    const since = performance.now() - this.limits.waitMsMax;
    const late = [...this.queue.takeOlderThan(since), ...this.runner.takeOlderThan(since)];
    const error = new ServiceUnavailable(
      'The request waited too long for the store; nothing was changed, retry.',
    );
    for (const group of late) rejectAll(group, error);
  }

  /**
   * Lets requests come in for as long as each turn of the event loop brings some: the machine then
   * has better to do than to wait for a disk, and the more share a write, the less it costs each.
   */
  private async gather(): Promise<void> {
    const { batchRowsMax, gatherTurnsMax, returnedWaitMs } = this.limits;
    // Whoever was just answered asks again in a moment. A batch of those alone that were beaten
    // would make all the others wait for it.
    if (this.journal.shared && this.queue.hasReturned) await this.wait(returnedWaitMs);
    for (let turn = 0; turn < gatherTurnsMax; turn += 1) {
      const before = this.queue.rows;
      await nextTurn();
      if (this.queue.rows >= batchRowsMax || (turn > 0 && this.queue.rows === before)) return;
    }
  }
}

/**
 * Jobs fail together, but for the rare fault after some of them were recorded: then nobody may
 * think that none was.
 */
function allOrNone<View>(answers: readonly PromiseSettledResult<JobResult<View>>[]) {
  const results = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const failed = answers.find((answer) => answer.status === 'rejected');
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

async function available<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw asServiceError(error);
  }
}
