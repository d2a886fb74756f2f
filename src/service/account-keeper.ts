import { type CaughtUp, JournalDamaged } from '../journal/journal';
import type { Entry } from '../ledger/entry';
import { applyCaughtUp, loadEntriesMax } from './account-loader';
import { AccountTasks, type AccountTasksOptions } from './account-tasks';
import { asServiceError } from './journal-fault';
import { type JobGroup, keysOf, rejectAll } from './pending-job';
import type { AccountObserver, ResidentAccount } from './resident-account';
import { ResidentAccounts } from './resident-accounts';
import { needsSnapshot } from './snapshot-writer';

/** An account that a batch asks for, and the idempotency keys under which it may hold entries. */
export interface Demand {
  readonly resident: ResidentAccount;
  readonly keys: Set<string>;
  /** The entries that were found under the keys. */
  readonly keyed: Map<string, Entry>;
  /** Whether any of the jobs may change the account. */
  mayChange: boolean;
  /** Whether the account is known to be current and its keys to be looked up; else the append tells. */
  isCaughtUp: boolean;
  /** Why the account cannot be used. */
  error: Error | null;
}

/** What a batch asks for, by account. */
export type Demands = Map<string, Demand>;

export interface AccountKeeperOptions extends AccountTasksOptions {
  readonly observer: AccountObserver;
  /** Takes back requests that this batch could not serve; they go before all others. */
  readonly requeue: (groups: readonly JobGroup[]) => void;
}

/** Has the accounts that a batch asks for in memory and up to date, and lets go of what is too much. */
export class AccountKeeper {
  private readonly residents: ResidentAccounts;
  private readonly tasks: AccountTasks;

  constructor(private readonly options: AccountKeeperOptions) {
    this.residents = new ResidentAccounts(options.limits.residentWeightMax, options.observer);
    this.tasks = new AccountTasks(options, this.residents);
  }

  /** Commands and jobs that wait for accounts. */
  get waitingRows(): number {
    return this.tasks.waitingRows;
  }

  /**
   * The account of a request that should be served alone: its appends were beaten again and again.
   * Null where there is none, or where it is busy, or where the request asks for others too.
   */
  contended(group: JobGroup): ResidentAccount | null {
    const [{ job }] = group.jobs;
    const resident = this.residents.get(job.accountId);
    if (resident === undefined || resident.busy !== null) return null;
    if (resident.lostRounds < this.options.limits.lostRoundsMax) return null;
    return group.jobs.every((other) => other.job.accountId === job.accountId) ? resident : null;
  }

  /** Takes out requests that came before a moment and wait for an account that is served alone. */
  takeOlderThan(since: number): JobGroup[] {
    return this.tasks.takeOlderThan(since);
  }

  /** Runs a task that has an account for itself, and tells whether its memory is lost then. */
  alone(resident: ResidentAccount, task: () => Promise<boolean>): void {
    resident.isInTurn = true;
    const run = async () => {
      if (await task()) this.residents.drop(resident);
      resident.isInTurn = false;
    };
    void this.tasks.occupy(resident, run).then(() => this.tidyOne(resident));
  }

  /** Notes what a request asks for. False if it has to wait for an account that is busy. */
  demand(group: JobGroup, demands: Demands): boolean {
    const present = group.jobs.flatMap(({ job }) => this.residents.get(job.accountId) ?? []);
    if (present.some(({ busy }) => busy !== null)) {
      this.wait(group, present);
      return false;
    }
    for (const pending of group.jobs) {
      const demand = this.demandOf(pending.job.accountId, demands);
      for (const key of keysOf([pending])) demand.keys.add(key);
      demand.mayChange ||= pending.job.commands.length > 0;
    }
    return true;
  }

  private demandOf(accountId: string, demands: Demands): Demand {
    let demand = demands.get(accountId);
    if (demand === undefined) {
      const resident = this.residents.get(accountId) ?? this.residents.create(accountId);
      demand = {
        resident,
        keys: new Set(),
        keyed: new Map(),
        mayChange: false,
        isCaughtUp: true,
        error: null,
      };
      demands.set(accountId, demand);
    }
    return demand;
  }

  private wait(group: JobGroup, residents: readonly ResidentAccount[]): void {
    this.tasks.wait(group, residents, (free) => this.options.requeue([free]));
  }

  /**
   * One read for the whole batch. A store that nobody else writes is asked only for what is not in
   * memory. In a shared one, an account to which nobody else has appended lately is not asked for
   * if it may change: should it not be current after all, the append is a conflict.
   */
  async catchUp(demands: Demands): Promise<void> {
    const { journal, limits } = this.options;
    const asked = [...demands.values()].filter((demand) => {
      const { resident, keys, mayChange } = demand;
      if (!journal.shared) {
        return !resident.isCurrent || keys.size > 0 || journal.isDamaged === true;
      }
      const isQuiet = resident.mark !== null && resident.quietReads >= limits.quietReadsMin;
      demand.isCaughtUp = !isQuiet || !mayChange;
      return demand.isCaughtUp;
    });
    if (asked.length === 0) return;
    try {
      const answers = await journal.catchUp(
        asked.map(({ resident, keys }) => ({
          accountId: resident.accountId,
          known: resident.mark,
          keys: [...keys],
        })),
        entriesPerAccount(asked.length, limits.catchUpEntriesMax),
      );
      for (const [index, demand] of asked.entries()) this.bringUpToDate(demand, answers[index]);
    } catch (error) {
      const fault = asServiceError(error);
      // Damage was logged when it was found.
      if (!(error instanceof JournalDamaged)) {
        this.options.logger.error({ err: error, accounts: asked.length }, 'Catching up failed');
      }
      for (const demand of asked) demand.error = fault;
    }
  }

  private bringUpToDate(demand: Demand, caughtUp: CaughtUp): void {
    const { resident } = demand;
    try {
      const state = applyCaughtUp(resident, caughtUp);
      resident.isCurrent = state === 'ready';
      // The first entry is the one that was known.
      resident.quietReads = caughtUp.entries.length > 1 ? 0 : resident.quietReads + 1;
      for (const entry of caughtUp.keyed) demand.keyed.set(entry.idempotencyKey!, entry);
      if (state === 'behind') this.tasks.load(resident, caughtUp);
      if (state === 'forked') this.reload(resident);
    } catch (error) {
      demand.error = asServiceError(error);
    }
  }

  /**
   * The store was put back to an earlier state, or lost its last entries: what is in memory is not
   * its history.
   */
  private reload({ accountId, mark }: ResidentAccount): void {
    this.options.logger.warn({ accountId, mark }, 'The journal has another history: reloading');
    this.tasks.load(this.residents.create(accountId), null);
  }

  /** A request of which one account cannot be served is not served by halves. */
  isServable(group: JobGroup, demands: Demands): boolean {
    const asked = group.jobs.map(({ job }) => demands.get(job.accountId)!);
    const failed = asked.find(({ error }) => error !== null);
    if (failed !== undefined) {
      rejectAll(group, failed.error!);
      return false;
    }
    // After a fork another account stands in the place of the one that was asked for.
    const present = group.jobs.flatMap(({ job }) => this.residents.get(job.accountId) ?? []);
    const isReady = asked.every(
      ({ resident }) => resident.busy === null && present.includes(resident),
    );
    if (!isReady) this.wait(group, present);
    return isReady;
  }

  /** Has the journal asked before the account is decided on again. */
  askNext(resident: ResidentAccount): void {
    resident.quietReads = Math.min(resident.quietReads, this.options.limits.quietReadsMin - 1);
  }

  /** Lets go of an account whose memory is not to be trusted. */
  drop(resident: ResidentAccount): void {
    this.residents.drop(resident);
  }

  /** Notes that a batch is over: accounts were used and have grown, snapshots are due, some must go. */
  tidy(demands: Demands): void {
    for (const { resident } of demands.values()) this.tidyOne(resident);
    this.residents.evict();
  }

  /** Resolves when no account is being loaded or stored. */
  settled(): Promise<void> {
    return this.tasks.settled();
  }

  /**
   * Notes the use of an account; forgets one that is broken or unknown; stores a snapshot when it
   * is due.
   */
  private tidyOne(resident: ResidentAccount): void {
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

/**
 * At least the last entry known, which is read again, and one more: fewer bring nobody up to date.
 * At most a page of a load: who is further behind makes nobody wait.
 */
function entriesPerAccount(accounts: number, entriesMax: number): number {
  return Math.min(loadEntriesMax, Math.max(2, Math.floor(entriesMax / accounts)));
}
