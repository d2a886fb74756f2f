import type { CaughtUp, Journal } from '../journal/journal';
import type { Logger } from '../telemetry/logger';
import { AccountLoader } from './account-loader';
import { asServiceError, toError } from './journal-fault';
import { Limited } from './limited';
import { type JobGroup, rejectAll } from './pending-job';
import type { ResidentAccount } from './resident-account';
import type { ResidentAccounts } from './resident-accounts';
import type { ServiceLimits } from './service-limits';
import { saveSnapshot } from './snapshot-writer';
import type { StoreWatch } from './store-watch';

export interface AccountTasksOptions {
  readonly journal: Journal;
  readonly logger: Logger;
  readonly limits: ServiceLimits;
  readonly newId: () => string;
  readonly store: StoreWatch;
}

/**
 * What one account does on its own while the others go on: being loaded, and having its snapshot
 * stored.
 */
export class AccountTasks {
  /** Commands and jobs that wait for accounts. */
  waitingRows = 0;
  private readonly loader: AccountLoader;
  private readonly loads: Limited;
  private readonly running = new Set<Promise<void>>();
  /** Those that wait, and whether for how long is bounded: loading takes its time, and goes on. */
  private readonly waiting = new Map<JobGroup, boolean>();

  constructor(
    private readonly options: AccountTasksOptions,
    private readonly residents: ResidentAccounts,
  ) {
    const { journal, logger, limits } = options;
    this.loader = new AccountLoader(journal, logger);
    this.loads = new Limited(limits.loadsMax);
  }

  /** Resolves when nothing is under way and everyone who waited for it was told. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.allSettled(this.running);
  }

  load(resident: ResidentAccount, caughtUp: CaughtUp | null): void {
    this.occupy(resident, async () => {
      try {
        await this.loads.run(() => this.loader.load(resident, caughtUp));
        resident.isCurrent = true;
        this.residents.touch(resident);
      } catch (error) {
        this.residents.drop(resident);
        throw asServiceError(error);
      }
    });
  }

  /** A snapshot only saves time: a failure is logged, and another is tried after the next change. */
  save(resident: ResidentAccount): void {
    const { journal, newId, store } = this.options;
    this.occupy(resident, async () => {
      try {
        await saveSnapshot(journal, resident, newId());
        store.snapshotStored();
      } catch (error) {
        resident.unsavedMark = resident.mark;
        store.snapshotFailed(error, resident.accountId);
      }
    });
  }

  /** Keeps a request until these accounts are free, then hands it back, or rejects it. */
  wait(
    group: JobGroup,
    residents: readonly ResidentAccount[],
    done: (group: JobGroup) => void,
  ): void {
    this.waitingRows += group.rows;
    this.waiting.set(
      group,
      residents.some(({ isInTurn }) => isInTurn),
    );
    for (const resident of residents) resident.pins += 1;
    this.track(
      Promise.all(residents.map(({ busy }) => busy))
        .then(
          () => this.leave(group) && done(group),
          (error) => this.leave(group) && rejectAll(group, toError(error)),
        )
        .then(() => {
          for (const resident of residents) resident.pins -= 1;
        }),
    );
  }

  /** Takes out those that came before a moment and wait for an account that is served alone. */
  takeOlderThan(since: number): JobGroup[] {
    const groups = [...this.waiting.keys()];
    return groups.filter(
      (group) => this.waiting.get(group) && group.jobs[0].since < since && this.leave(group),
    );
  }

  /** False if it waits no more. */
  private leave(group: JobGroup): boolean {
    if (!this.waiting.delete(group)) return false;
    this.waitingRows -= group.rows;
    return true;
  }

  /** Runs a task for which the account must stand still; who asks for it meanwhile waits. */
  occupy(resident: ResidentAccount, task: () => Promise<void>): Promise<void> {
    const busy = task().finally(() => {
      resident.busy = null;
    });
    resident.busy = busy;
    this.track(busy);
    return busy;
  }

  private track(task: Promise<void>): void {
    this.running.add(task);
    const forget = () => this.running.delete(task);
    task.then(forget, forget);
  }
}
