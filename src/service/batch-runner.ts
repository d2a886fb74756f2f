import type { Append, AppendResult, CaughtUp, Journal } from '../journal/journal';
import type { Entry } from '../ledger/entry';
import { isText } from '../ledger/text';
import type { Logger } from '../telemetry/logger';
import { applyCaughtUp } from './account-loader';
import { AccountTasks } from './account-tasks';
import { AccountWork } from './account-work';
import { asServiceError } from './journal-fault';
import { groupOf, type JobGroup, type PendingJob } from './pending-job';
import type { ResidentAccount } from './resident-account';
import { ResidentAccounts } from './resident-accounts';
import { OutcomeUnknown } from './service-error';
import type { ServiceLimits } from './service-limits';
import { appendSettled } from './settled-append';
import { needsSnapshot } from './snapshot-writer';

export interface BatchRunnerOptions {
  readonly journal: Journal;
  readonly logger: Logger;
  readonly limits: ServiceLimits;
  readonly now: () => number;
  readonly newId: () => string;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Takes back requests that this batch could not serve; they go before all others. */
  readonly requeue: (groups: readonly JobGroup[]) => void;
}

/** An account that a batch asks for, and the idempotency keys under which it may hold entries. */
interface Demand {
  readonly resident: ResidentAccount;
  readonly keys: Set<string>;
  /** The entries that were found under the keys. */
  readonly keyed: Map<string, Entry>;
  /** Why the account cannot be used. */
  error: Error | null;
}

type Demands = Map<string, Demand>;

/** Serves one batch after another: brings the accounts up to date, decides, appends, answers. */
export class BatchRunner {
  private readonly residents: ResidentAccounts;
  private readonly tasks: AccountTasks;

  constructor(private readonly options: BatchRunnerOptions) {
    const { journal, logger, newId, limits } = options;
    this.residents = new ResidentAccounts(limits.residentWeightMax);
    this.tasks = new AccountTasks(journal, this.residents, logger, newId);
  }

  /** Never rejects: every job is answered, rejected, or queued again. */
  async run(groups: readonly JobGroup[]): Promise<void> {
    const demands: Demands = new Map();
    const free = groups.filter((group) => this.demand(group, demands));
    await this.catchUp([...demands.values()]);
    const works = this.decide(free, demands);
    await this.append(works);
    for (const { resident } of demands.values()) this.tidy(resident);
    this.residents.evict();
  }

  /** Resolves when no account is being loaded or stored. */
  settled(): Promise<void> {
    return this.tasks.settled();
  }

  /** Notes what a request asks for. False if it has to wait for an account that is busy. */
  private demand(group: JobGroup, demands: Demands): boolean {
    const residents = group.jobs.map(({ job }) => this.resident(job.accountId));
    if (residents.some(({ busy }) => busy !== null)) {
      this.wait(group, residents);
      return false;
    }
    group.jobs.forEach(({ job }, index) => {
      let demand = demands.get(job.accountId);
      if (demand === undefined) {
        demand = { resident: residents[index], keys: new Set(), keyed: new Map(), error: null };
        demands.set(job.accountId, demand);
      }
      for (const { idempotencyKey: key } of job.commands) {
        if (key !== null && isText(key)) demand.keys.add(key);
      }
    });
    return true;
  }

  private resident(accountId: string): ResidentAccount {
    return this.residents.get(accountId) ?? this.residents.create(accountId);
  }

  private wait(group: JobGroup, residents: readonly ResidentAccount[]): void {
    this.tasks.wait(group, residents, (free) => this.options.requeue([free]));
  }

  /** One read for the whole batch. A store that nobody else writes is asked only for what is not in memory. */
  private async catchUp(demands: readonly Demand[]): Promise<void> {
    const { journal } = this.options;
    const asked = demands.filter(
      ({ resident, keys }) => journal.shared || !resident.isCurrent || keys.size > 0,
    );
    if (asked.length === 0) return;
    try {
      const answers = await journal.catchUp(
        asked.map(({ resident, keys }) => ({
          accountId: resident.accountId,
          known: resident.mark,
          keys: [...keys],
        })),
      );
      for (const [index, demand] of asked.entries()) this.bringUpToDate(demand, answers[index]);
    } catch (error) {
      for (const demand of asked) demand.error = asServiceError(error);
    }
  }

  private bringUpToDate(demand: Demand, caughtUp: CaughtUp): void {
    const { resident } = demand;
    try {
      const state = applyCaughtUp(resident, caughtUp);
      resident.isCurrent = state === 'ready';
      for (const entry of caughtUp.keyed) demand.keyed.set(entry.idempotencyKey!, entry);
      if (state === 'behind') this.tasks.load(resident);
      if (state === 'forked') this.reload(resident);
    } catch (error) {
      demand.error = asServiceError(error);
    }
  }

  /** The store was put back to an earlier state, or lost its last entries: what is in memory is not its history. */
  private reload({ accountId, mark }: ResidentAccount): void {
    this.options.logger.warn({ accountId, mark }, 'The journal has another history: reloading');
    this.tasks.load(this.residents.create(accountId));
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
      if (!this.isServable(group, demands)) continue;
      for (const pending of group.jobs) {
        const work = workOf(pending, demands, works);
        length -= work.length;
        work.decide(pending, world);
        length += work.length;
      }
    }
    return [...works.values()];
  }

  /** A request of which one account cannot be served is not served by halves. */
  private isServable(group: JobGroup, demands: Demands): boolean {
    for (const { job } of group.jobs) {
      const error = demands.get(job.accountId)?.error ?? null;
      if (error === null) continue;
      for (const { reject } of group.jobs) reject(error);
      return false;
    }
    const residents = group.jobs.map(({ job }) => this.resident(job.accountId));
    if (residents.every(({ busy }) => busy === null)) return true;
    this.wait(group, residents);
    return false;
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
    if (error instanceof OutcomeUnknown) this.residents.drop(work.resident);
  }

  /** Notes the use of an account; forgets one that is broken or unknown; stores a snapshot when it is due. */
  private tidy(resident: ResidentAccount): void {
    if (this.residents.get(resident.accountId) !== resident) return;
    const isUseless = resident.broken !== null || resident.mark === null;
    if (isUseless && resident.busy === null && resident.pins === 0) {
      this.residents.drop(resident);
      return;
    }
    this.residents.touch(resident);
    const { snapshotEntriesMin } = this.options.limits;
    if (resident.busy === null && needsSnapshot(resident, snapshotEntriesMin)) {
      this.tasks.save(resident);
    }
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
