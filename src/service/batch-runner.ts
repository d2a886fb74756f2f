import { type Append, type AppendResult, JournalDamaged } from '../journal/journal';
import { AccountKeeper, type AccountKeeperOptions, type Demands } from './account-keeper';
import { takeTurn } from './account-turn';
import { AccountWork } from './account-work';
import { asServiceError } from './journal-fault';
import { Limited } from './limited';
import { groupOf, type JobGroup, type PendingJob } from './pending-job';
import type { ResidentAccount } from './resident-account';
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
  private readonly turns: Limited;

  constructor(private readonly options: BatchRunnerOptions) {
    this.accounts = new AccountKeeper(options);
    this.turns = new Limited(options.limits.turnsMax);
  }

  /** Never rejects: every job is answered, rejected, or queued again. */
  async run(groups: readonly JobGroup[]): Promise<void> {
    const demands: Demands = new Map();
    const together = this.startTurns(groups);
    const free = together.filter((group) => this.accounts.demand(group, demands));
    await this.accounts.catchUp(demands);
    await this.append(this.decide(free, demands));
    this.accounts.tidy(demands);
  }

  /** Commands and jobs that wait for accounts. */
  get waitingRows(): number {
    return this.accounts.waitingRows;
  }

  /** Takes out requests that came before a moment and wait for an account's turn. */
  takeOlderThan(since: number): JobGroup[] {
    return this.accounts.takeOlderThan(since);
  }

  /** Resolves when no account is being loaded or stored. */
  settled(): Promise<void> {
    return this.accounts.settled();
  }

  /** Serves contended accounts, each by itself, and answers the requests that are left. */
  private startTurns(groups: readonly JobGroup[]): readonly JobGroup[] {
    if (!this.options.journal.shared) return groups;
    const turns = new Map<ResidentAccount, JobGroup[]>();
    const others = groups.filter((group) => {
      const resident = this.accounts.contended(group);
      if (resident === null) return true;
      const contending = turns.get(resident);
      if (contending === undefined) turns.set(resident, [group]);
      else contending.push(group);
      return false;
    });
    for (const [resident, contending] of turns) {
      const jobs = contending.flatMap((group) => group.jobs);
      // Reads contend with nobody.
      if (jobs.every(({ job }) => job.commands.length === 0)) others.push(...contending);
      else {
        this.accounts.alone(resident, () => this.turns.run(() => this.takeTurn(resident, jobs)));
      }
    }
    return others;
  }

  private async takeTurn(resident: ResidentAccount, jobs: readonly PendingJob[]): Promise<boolean> {
    const { journal, logger, limits, wait, now, newId } = this.options;
    const { undone, isLost } = await takeTurn(resident, jobs, {
      journal,
      logger,
      patience: { settleMsMax: limits.settleMsMax, wait },
      world: () => ({ now: now(), newId }),
      lengthMax: limits.batchLengthMax,
    });
    if (undone.length > 0) this.options.requeue(undone.map((pending) => groupOf([pending])));
    return isLost;
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
      else if (!work.isProven) this.askFirst(work);
      else if (work.entries.length === 0) work.answer();
      else changed.push(work);
    }
    if (changed.length === 0) return;
    const results = await this.write(changed);
    results.forEach((result, index) => {
      const work = changed[index];
      if (result === 'appended') this.keep(work);
      else if (result === 'conflict') this.takeBack(work);
      else this.fail(work, result);
    });
  }

  private async write(works: readonly AccountWork[]): Promise<(AppendResult | Error)[]> {
    const { journal, limits, wait } = this.options;
    const appends: Append[] = works.map((work) => work.append);
    try {
      return await appendSettled(journal, appends, { settleMsMax: limits.settleMsMax, wait });
    } catch (error) {
      const fault = asServiceError(error);
      // Damage was logged when it was found.
      if (!(error instanceof JournalDamaged)) {
        this.options.logger.error({ err: error, accounts: works.length }, 'Append failed');
      }
      return works.map(() => fault);
    }
  }

  private keep(work: AccountWork): void {
    work.resident.lostRounds = 0;
    work.answer();
  }

  /** Another process was faster: its entries are read first, then the jobs are decided anew. */
  private takeBack(work: AccountWork): void {
    const { resident, isCaughtUp } = work;
    work.undo();
    resident.isCurrent = false;
    resident.quietReads = 0;
    if (isCaughtUp) resident.lostRounds += 1;
    this.decideAgain(work);
  }

  /** Nothing will be appended that could prove the answers. */
  private askFirst(work: AccountWork): void {
    work.undo();
    this.accounts.askNext(work.resident);
    this.decideAgain(work);
  }

  private decideAgain({ jobs }: AccountWork): void {
    this.options.requeue(jobs.map((pending) => groupOf([pending])));
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
    const { resident, keyed, isCaughtUp } = demands.get(job.accountId)!;
    work = new AccountWork(resident, keyed, isCaughtUp);
    works.set(job.accountId, work);
  }
  return work;
}
