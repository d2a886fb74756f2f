import type { CaughtUp, Journal } from '../journal/journal';
import type { Logger } from '../telemetry/logger';
import { AccountLoader } from './account-loader';
import { asServiceError, toError } from './journal-fault';
import type { JobGroup } from './pending-job';
import type { ResidentAccount } from './resident-account';
import type { ResidentAccounts } from './resident-accounts';
import { saveSnapshot } from './snapshot-writer';

/**
 * What one account does on its own while the others go on: being loaded, and having its snapshot
 * stored.
 */
export class AccountTasks {
  private readonly loader: AccountLoader;
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly journal: Journal,
    private readonly residents: ResidentAccounts,
    private readonly logger: Logger,
    private readonly newId: () => string,
  ) {
    this.loader = new AccountLoader(journal, logger);
  }

  /** Resolves when nothing is under way and everyone who waited for it was told. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.allSettled(this.running);
  }

  load(resident: ResidentAccount, caughtUp: CaughtUp | null): void {
    this.occupy(resident, async () => {
      try {
        await this.loader.load(resident, caughtUp);
        resident.isCurrent = true;
        this.residents.touch(resident);
      } catch (error) {
        this.residents.drop(resident);
        throw asServiceError(error);
      }
    });
  }

  /**
   * A snapshot only saves time, so a failure is logged, and another is tried after the next change.
   */
  save(resident: ResidentAccount): void {
    this.occupy(resident, async () => {
      try {
        await saveSnapshot(this.journal, resident, this.newId());
      } catch (error) {
        const { accountId } = resident;
        this.logger.warn({ accountId, err: error }, 'Snapshot not stored');
      }
    });
  }

  /**
   * Keeps a request until the accounts that it waits for are free, then hands it back, or rejects
   * it.
   */
  wait(
    group: JobGroup,
    residents: readonly ResidentAccount[],
    done: (group: JobGroup) => void,
  ): void {
    for (const resident of residents) resident.pins += 1;
    this.track(
      Promise.all(residents.map(({ busy }) => busy))
        .then(
          () => done(group),
          (error) => {
            for (const { reject } of group.jobs) reject(toError(error));
          },
        )
        .finally(() => {
          for (const resident of residents) resident.pins -= 1;
        }),
    );
  }

  private occupy(resident: ResidentAccount, task: () => Promise<void>): void {
    const busy = task().finally(() => {
      resident.busy = null;
    });
    resident.busy = busy;
    this.track(busy);
  }

  private track(task: Promise<void>): void {
    this.running.add(task);
    const forget = () => this.running.delete(task);
    task.then(forget, forget);
  }
}
