import { setImmediate as nextIteration } from 'node:timers/promises';
import type { LedgerClock } from '../health/ledger-clock';
import type { ServiceLimits } from '../service-limits';
import type { JobQueue } from './job-queue';
import type { JobGroup } from './pending-job';

interface BatchLoopOptions {
  readonly queue: JobQueue;
  readonly limits: ServiceLimits;
  readonly clock: LedgerClock;
  /** True if other processes may write to the store, which is then a server. */
  readonly shared: boolean;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Runs a batch. Never rejects. */
  readonly run: (groups: readonly JobGroup[]) => Promise<void>;
}

interface Batch {
  readonly accountIds: ReadonlySet<string>;
  /** When it started, on the clock of `performance`. */
  readonly since: number;
  readonly end: Promise<void>;
}

/** Batches in flight: in a file and in memory, a second one would only wait for the first. */
const inFlightMax = { shared: 2, own: 1 };

/** Weight of the newest batch in the average time of a batch. */
const newestWeight = 0.1;

/**
 * Takes batches from the queue. While a batch is in flight, requests queue, and are then taken
 * together. In a shared store, a second batch starts for other accounts while the first is in
 * flight, if that takes long: see `delayMs`.
 */
export class BatchLoop {
  private readonly inFlight = new Set<Batch>();
  private readonly inFlightMax: number;
  private batchMs = 0;
  /** The batch that is being gathered, or was last. */
  private starting: Promise<void> = Promise.resolve();
  private running: Promise<void> | null = null;
  /** What ends the present wait of the loop, if it waits for that. */
  private onEnd: (() => void) | null = null;
  private onAdded: (() => void) | null = null;

  constructor(private readonly options: BatchLoopOptions) {
    this.inFlightMax = options.shared ? inFlightMax.shared : inFlightMax.own;
  }

  /** Resolves at the end of the batches that are being gathered or in flight now. */
  async batchEnd(): Promise<void> {
    await this.starting;
    await Promise.all(Array.from(this.inFlight, ({ end }) => end));
  }

  get isServing(): boolean {
    return this.running !== null;
  }

  /** Serves what was added to the queue. */
  start(): void {
    this.onAdded?.();
    this.running ??= this.serve();
  }

  /** Resolves when nothing waits in the queue and no batch is in flight. */
  async ended(): Promise<void> {
    await this.running;
  }

  private async serve(): Promise<void> {
    const { queue, clock } = this.options;
    await clock.begin();
    while (queue.rows > 0 || this.inFlight.size > 0) {
      const delayMs = this.delayMs();
      if (delayMs === 0) {
        this.starting = this.startBatch();
        await this.starting;
      } else await this.changed(delayMs);
    }
    this.running = null;
  }

  /**
   * Returns after how many milliseconds a batch may start; Infinity: not before something changes.
   * A second batch starts when the first has taken half of what batches took lately, so that the
   * two alternate: each request then waits half as long for its batch. Where batches are fast,
   * their fixed costs matter more than this wait.
   */
  private delayMs(): number {
    const { queue, limits } = this.options;
    if (queue.freeRows === 0 || this.inFlight.size >= this.inFlightMax) {
      return Number.POSITIVE_INFINITY;
    }
    const [first] = this.inFlight;
    if (first === undefined) return 0;
    const startMs = Math.max(limits.secondBatchMsMin, this.batchMs / 2);
    // Timers count whole milliseconds.
    const leftMs = Math.round(first.since + startMs - performance.now());
    return Math.max(0, leftMs);
  }

  /** Resolves when a batch ends, after a delay, or, if there is none, when something was added. */
  private async changed(delayMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.onEnd = resolve;
      if (Number.isFinite(delayMs)) timer = setTimeout(resolve, delayMs);
      else if (this.inFlight.size < this.inFlightMax) this.onAdded = resolve;
    });
    clearTimeout(timer);
    this.onEnd = null;
    this.onAdded = null;
  }

  private async startBatch(): Promise<void> {
    const { queue, limits, run } = this.options;
    await this.gather();
    const since = performance.now();
    const groups = queue.take(limits.batchRowsMax, this.accountIds());
    // All of them may have been refused meanwhile, or may need accounts that are in flight.
    if (groups.length === 0) return;
    const end = run(groups).then(() => {
      this.inFlight.delete(batch);
      this.batchMs += newestWeight * (performance.now() - since - this.batchMs);
      queue.release(batch.accountIds);
      this.onEnd?.();
    });
    const batch = { accountIds: this.inFlightMax > 1 ? accountIdsOf(groups) : none, since, end };
    this.inFlight.add(batch);
  }

  /** Returns the accounts of the batches in flight. */
  private accountIds(): ReadonlySet<string> {
    const [first] = this.inFlight;
    return first?.accountIds ?? none;
  }

  /**
   * Waits while each iteration of the event loop brings new requests: the CPU is then busy anyway,
   * and the more requests share a write, the less each costs.
   */
  private async gather(): Promise<void> {
    const { queue, limits, shared, wait } = this.options;
    const { batchRowsMax, gatherIterationsMax, returnedWaitMs } = limits;
    // A client that just got its response sends its next request within milliseconds. A batch of
    // only those that lost their race would delay all of these.
    if (shared && queue.hasReturned) await wait(returnedWaitMs);
    for (let passed = 0; passed < gatherIterationsMax; passed += 1) {
      const before = queue.freeRows;
      await nextIteration();
      if (queue.freeRows >= batchRowsMax || (passed > 0 && queue.freeRows === before)) return;
    }
  }
}

const none: ReadonlySet<string> = new Set();

function accountIdsOf(groups: readonly JobGroup[]): ReadonlySet<string> {
  return new Set(groups.flatMap(({ jobs }) => jobs.map(({ job }) => job.accountId)));
}
