import type { CaughtUp, Journal } from '../../journal/journal';
import type { Logger } from '../../telemetry/logger';
import type { LedgerClock } from '../health/ledger-clock';
import type { StoreWatch } from '../health/store-watch';
import { asServiceError } from '../journal-fault';
import { Limited } from '../limited';
import type { ServiceLimits } from '../service-limits';
import { AccountCache } from './account-cache';
import type { AccountObserver } from './account-observer';
import type { Occupation } from './account-phase';
import { isLostAfter, LapseRecorder } from './lapse-recorder';
import { Loader } from './loader';
import type { ResidentAccount } from './resident-account';
import { writeSnapshot } from './snapshot-writer';

interface ResidentsOptions {
  readonly journal: Journal;
  readonly logger: Logger;
  readonly limits: ServiceLimits;
  readonly newId: () => string;
  readonly observer: AccountObserver;
  readonly store: StoreWatch;
  readonly clock: LedgerClock;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Resolves at the end of the present batches, if there are any. */
  readonly batchEnd: () => Promise<void>;
}

/**
 * The cached accounts, and the tasks that occupy one of them while the others are served: loads,
 * snapshots, turns, lapses of more rows than one entry holds, and views of a later instant.
 */
export class Residents {
  private readonly cache: AccountCache;
  private readonly loader: Loader;
  private readonly loads: Limited;
  private readonly recorder: LapseRecorder;
  private readonly lapses: Limited;
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly options: ResidentsOptions) {
    const { journal, logger, limits, observer } = options;
    this.cache = new AccountCache(limits.residentWeightMax, observer);
    this.loader = new Loader(journal, logger);
    this.loads = new Limited(limits.loadsMax);
    const patience = { settleMsMax: limits.settleMsMax, wait: options.wait };
    this.recorder = new LapseRecorder({ ...options, patience });
    this.lapses = new Limited(limits.lapsesMax);
  }

  get(accountId: string): ResidentAccount | undefined {
    return this.cache.get(accountId);
  }

  getOrCreate(accountId: string): ResidentAccount {
    return this.cache.get(accountId) ?? this.cache.create(accountId);
  }

  /** Returns false if the account was evicted, or another object has taken its place. */
  holds(resident: ResidentAccount): boolean {
    return this.cache.holds(resident);
  }

  /** Removes an account whose state must not be used any more. */
  drop(resident: ResidentAccount): void {
    this.cache.drop(resident);
  }

  /**
   * Loads an account while it is occupied.
   * @param caughtUp what was read of it already.
   */
  load(resident: ResidentAccount, caughtUp: CaughtUp | null): void {
    this.occupy(resident, 'load', async () => {
      try {
        await this.loads.run(() => this.loader.load(resident, caughtUp));
        resident.markCurrent();
        this.cache.touch(resident);
      } catch (error) {
        this.cache.drop(resident);
        throw asServiceError(error);
      }
    });
  }

  /**
   * Loads an account again from the journal, which was restored to an earlier state or lost its
   * last entries: the cached state is not its history.
   */
  reload({ accountId, mark }: ResidentAccount): void {
    this.options.logger.warn({ accountId, mark }, 'The journal has another history: reloading');
    this.load(this.cache.create(accountId), null);
  }

  /**
   * Records what is due in an account while it is occupied, until the rest fits in one entry, or
   * another process appended.
   */
  recordLapses(resident: ResidentAccount): void {
    const task = async () => {
      try {
        await this.lapses.run(() => this.recorder.record(resident));
      } catch (error) {
        if (isLostAfter(resident, error)) this.cache.drop(resident);
        throw asServiceError(error);
      }
    };
    const tidy = () => this.tidyOne(resident);
    this.occupy(resident, 'lapse', task).then(tidy, tidy);
  }

  /** Runs a task that shows the account at a later instant, and restores it. It must not reject. */
  showLater(resident: ResidentAccount, task: () => Promise<void>): void {
    void this.occupy(resident, 'preview', task).then(() => this.tidyOne(resident));
  }

  /** Runs a task that occupies the account. The task returns true if the cached state is lost. */
  serveAlone(resident: ResidentAccount, task: () => Promise<boolean>): void {
    const run = async () => {
      if (await task()) this.cache.drop(resident);
    };
    void this.occupy(resident, 'turn', run).then(() => this.tidyOne(resident));
  }

  /** Notes that these accounts were used; stores snapshots that are due, and evicts. */
  tidy(used: Iterable<ResidentAccount>): void {
    for (const resident of used) this.tidyOne(resident);
    this.cache.evict();
  }

  /** Resolves when no account is occupied. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.allSettled(this.running);
  }

  private tidyOne(resident: ResidentAccount): void {
    if (!this.cache.holds(resident)) return;
    const isUseless = resident.fault !== null || resident.mark === null;
    if (isUseless && resident.isEvictable) {
      this.cache.drop(resident);
      return;
    }
    this.cache.touch(resident);
    const { snapshotEntriesMin } = this.options.limits;
    if (resident.isFree && resident.needsSnapshot(snapshotEntriesMin)) this.save(resident);
  }

  /**
   * Stores a snapshot. It only saves time, so a failure is logged, and the next change causes
   * another attempt.
   */
  private save(resident: ResidentAccount): void {
    const { journal, newId, store } = this.options;
    this.occupy(resident, 'snapshot', async () => {
      try {
        await writeSnapshot(journal, resident, newId());
        resident.noteSnapshot('stored');
        store.snapshotStored();
      } catch (error) {
        resident.noteSnapshot('failed');
        store.snapshotFailed(error, resident.accountId);
      }
    });
  }

  private occupy(
    resident: ResidentAccount,
    by: Occupation,
    task: () => Promise<void>,
  ): Promise<void> {
    const done = resident.occupy(by, task);
    this.running.add(done);
    const forget = () => this.running.delete(done);
    done.then(forget, forget);
    return done;
  }
}
