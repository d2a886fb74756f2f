import type { Append, AppendResult } from '../journal/journal';
import { AccountKeeper, type AccountKeeperOptions, type Demands } from './account-keeper';
import { AccountWork } from './account-work';
import { asServiceError } from './journal-fault';
import { groupOf, type JobGroup, type PendingJob } from './pending-job';
import { OutcomeUnknown } from './service-error';
import { appendSettled } from './settled-append';

export interface BatchRunnerOptions extends AccountKeeperOptions {
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** Serves one batch after another: brings the accounts up to date, decides, appends, answers. */
export class BatchRunner {
  private readonly accounts: AccountKeeper;

  constructor(private readonly options: BatchRunnerOptions) {
    this.accounts = new AccountKeeper(options);
  }

  /** Never rejects: every job is answered, rejected, or queued again. */
  async run(groups: readonly JobGroup[]): Promise<void> {
    const demands: Demands = new Map();
    const free = groups.filter((group) => this.accounts.demand(group, demands));
    await this.accounts.catchUp(demands);
    await this.append(this.decide(free, demands));
    this.accounts.tidy(demands);
  }

  /** Commands and jobs that wait for accounts. */
  get waitingRows(): number {
    return this.accounts.waitingRows;
  }

  /** Resolves when no account is being loaded or stored. */
  settled(): Promise<void> {
    return this.accounts.settled();
  }

  /** Decides requests one after another, as far as their entries fit in one write. */
  private decide(groups: readonly JobGroup[], demands: Demands): AccountWork[] {
    const { now, newId, limits } = this.options;
    const world = { now: now(), newId };
    const works = new Map<string, AccountWork>();
    let length = 0;
    for (const [index, group] of groups.entries()) {
      if (length >= limits.batchLengthMax) {
        this.options.requeue(groups.slice(index));
        break;
      }
      if (!this.accounts.isServable(group, demands)) continue;
      for (const pending of group.jobs) {
        const work = workOf(pending, demands, works);
        length -= work.length;
        work.decide(pending, world);
        length += work.length;
      }
    }
    return [...works.values()];
  }

  /** One write for the whole batch; what changes nothing is answered at once. */
  private async append(works: readonly AccountWork[]): Promise<void> {
    const changed: AccountWork[] = [];
    for (const work of works) {
      if (work.resident.broken !== null) work.reject(work.resident.broken);
      else if (work.entries.length === 0) work.answer();
      else changed.push(work);
    }
    if (changed.length === 0) return;
    const results = await this.write(changed);
    const lost: PendingJob[] = [];
    results.forEach((result, index) => {
      const work = changed[index];
      if (result === 'appended') work.answer();
      else if (result === 'conflict') lost.push(...this.takeBack(work));
      else this.fail(work, result);
    });
    if (lost.length > 0) this.options.requeue(lost.map((pending) => groupOf([pending])));
  }

  private async write(works: readonly AccountWork[]): Promise<(AppendResult | Error)[]> {
    const { journal, limits, wait } = this.options;
    const appends: Append[] = works.map((work) => work.append);
    try {
      return await appendSettled(journal, appends, { settleMsMax: limits.settleMsMax, wait });
    } catch (error) {
      const fault = asServiceError(error);
      this.options.logger.error({ err: error, accounts: works.length }, 'Append failed');
      return works.map(() => fault);
    }
  }

  /** Another process was faster: its entries are read first, then the jobs are decided anew. */
  private takeBack(work: AccountWork): readonly PendingJob[] {
    work.undo();
    work.resident.isCurrent = false;
    return work.jobs;
  }

  private fail(work: AccountWork, error: Error): void {
    work.fail(error);
    if (error instanceof OutcomeUnknown) this.accounts.drop(work.resident);
  }
}

function workOf(
  { job }: PendingJob,
  demands: Demands,
  works: Map<string, AccountWork>,
): AccountWork {
  let work = works.get(job.accountId);
  if (work === undefined) {
    const { resident, keyed } = demands.get(job.accountId)!;
    work = new AccountWork(resident, keyed);
    works.set(job.accountId, work);
  }
  return work;
}
