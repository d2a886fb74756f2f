import type { CatchUp, CaughtUp, Journal } from '../../journal/journal';
import type { Entry } from '../../ledger/entry';
import type { Target } from '../../ledger/target';
import type { StoreWatch } from '../health/store-watch';
import { asServiceError } from '../journal-fault';
import { applyCaughtUp, loadEntriesMax } from '../residents/loader';
import type { ResidentAccount } from '../residents/resident-account';
import type { Residents } from '../residents/residents';
import type { ServiceLimits } from '../service-limits';
import { type JobGroup, keysOf, mayWrite, rejectAll, targetsOf } from './pending-job';
import { AccountFailure, catchUpPerAccount } from './per-account';
import type { WaitingGroups } from './waiting-groups';

/** An account that a batch needs, and what is to be looked up for the batch's jobs. */
interface Demand {
  readonly resident: ResidentAccount;
  readonly keys: Set<string>;
  /** The entries that were found under the keys. */
  readonly keyed: Map<string, Entry>;
  /** The entries that jobs reverse, and what was found of them. */
  readonly targetSequences: Set<number>;
  readonly targets: Map<number, Target>;
  /** True if a job shows a later instant, which is not proven by any append. */
  showsLater: boolean;
  /** True if any of the jobs may change the account. */
  mayChange: boolean;
  /** True if the account is current and its keys were looked up; otherwise the append decides. */
  isCaughtUp: boolean;
  /** Why the account cannot be used. */
  error: Error | null;
}

export interface DemandsOptions {
  readonly journal: Journal;
  readonly store: StoreWatch;
  readonly limits: ServiceLimits;
  readonly residents: Residents;
  readonly waiting: WaitingGroups;
}

/** The accounts that one batch needs in memory and up to date. */
export class Demands {
  private readonly byAccount = new Map<string, Demand>();
  private readonly unpins: (() => void)[] = [];

  constructor(private readonly options: DemandsOptions) {}

  /**
   * Notes what a request needs. Returns false if it has to wait for an account that is occupied.
   */
  add(group: JobGroup): boolean {
    const present = this.presentOf(group);
    if (present.some(({ isFree }) => !isFree)) {
      this.options.waiting.add(group, present);
      return false;
    }
    for (const pending of group.jobs) {
      const demand = this.demandOf(pending.job.accountId);
      for (const key of keysOf([pending])) demand.keys.add(key);
      for (const target of targetsOf([pending])) demand.targetSequences.add(target);
      demand.showsLater ||= pending.job.at !== undefined;
      demand.mayChange ||= mayWrite(pending.job);
      if (pending.job.records !== true) demand.resident.noteUse();
    }
    return true;
  }

  /**
   * Reads once for the whole batch. In a store that nobody else writes, only what is not in memory
   * is read. In a shared one, an account to which nobody else has appended lately is not read if it
   * may change: if it is stale after all, its append is a conflict.
   */
  async catchUp(): Promise<void> {
    const { journal, limits, store } = this.options;
    const read = [...this.byAccount.values()].filter((demand) => this.needsRead(demand));
    if (read.length === 0) return;
    try {
      const responses = await catchUpPerAccount(
        journal,
        read.map(requestOf),
        entriesPerAccount(read.length, limits.catchUpEntriesMax),
      );
      store.readsSucceeded();
      for (const [index, demand] of read.entries()) {
        const response = responses[index];
        if (response instanceof AccountFailure) {
          store.readsFailed(response.error, 1);
          demand.error = asServiceError(response.error);
        } else this.bringUpToDate(demand, response);
      }
    } catch (error) {
      const fault = asServiceError(error);
      store.readsFailed(error, read.length);
      for (const demand of read) demand.error = fault;
    }
  }

  /**
   * Returns false if the request was rejected, or waits: it is served for all of its accounts or
   * none. An account in which more is due than one entry can record is occupied until it is
   * recorded.
   * @param shownAt when the accounts are shown; null for when they were changed last.
   */
  isServable(group: JobGroup, shownAt: number | null): boolean {
    for (const { job } of group.jobs) this.lapseFirst(this.of(job.accountId), shownAt);
    const demands = group.jobs.map(({ job }) => this.of(job.accountId));
    const failed = demands.find(({ error }) => error !== null);
    if (failed !== undefined) {
      rejectAll(group, failed.error!);
      return false;
    }
    // After a fork, another object has taken the place of the account that was read.
    const { residents, waiting } = this.options;
    const isReady = demands.every(({ resident }) => resident.isFree && residents.holds(resident));
    if (!isReady) waiting.add(group, this.presentOf(group));
    return isReady;
  }

  /** Returns the demand for an account that was added. */
  of(accountId: string): Demand {
    return this.byAccount.get(accountId)!;
  }

  /** Lets the accounts be evicted, which another batch must not do before. */
  unpin(): void {
    for (const unpin of this.unpins) unpin();
  }

  /** Returns the accounts that were added. */
  get accounts(): ResidentAccount[] {
    return Array.from(this.byAccount.values(), ({ resident }) => resident);
  }

  private lapseFirst({ resident, error }: Demand, shownAt: number | null): void {
    const { residents } = this.options;
    const isUsable = error === null && resident.fault === null && resident.isFree;
    if (!isUsable || !residents.holds(resident)) return;
    if (!advance(resident, shownAt)) residents.recordLapses(resident);
  }

  private presentOf({ jobs }: JobGroup): ResidentAccount[] {
    return jobs.flatMap(({ job }) => this.options.residents.get(job.accountId) ?? []);
  }

  private demandOf(accountId: string): Demand {
    const { residents } = this.options;
    let demand = this.byAccount.get(accountId);
    if (demand === undefined) {
      demand = {
        resident: residents.getOrCreate(accountId),
        keys: new Set(),
        keyed: new Map(),
        targetSequences: new Set(),
        targets: new Map(),
        showsLater: false,
        mayChange: false,
        isCaughtUp: true,
        error: null,
      };
      this.byAccount.set(accountId, demand);
      this.unpins.push(demand.resident.pin());
    }
    return demand;
  }

  private needsRead(demand: Demand): boolean {
    const { journal, limits } = this.options;
    const { resident, keys, targetSequences, mayChange, showsLater } = demand;
    const hasTargets = targetSequences.size > 0;
    if (!journal.shared) {
      return !resident.isCurrent || keys.size > 0 || hasTargets || journal.isDamaged === true;
    }
    const isQuiet = resident.mark !== null && resident.contention.isQuiet(limits.quietReadsMin);
    demand.isCaughtUp = !isQuiet || !mayChange || hasTargets || showsLater;
    return demand.isCaughtUp;
  }

  private bringUpToDate(demand: Demand, caughtUp: CaughtUp): void {
    const { resident } = demand;
    const { residents } = this.options;
    try {
      const state = applyCaughtUp(resident, caughtUp);
      if (state === 'ready') resident.markCurrent();
      else resident.markStale();
      // The first entry is the one that was known.
      resident.contention.noteRead(caughtUp.entries.length > 1);
      for (const entry of caughtUp.keyed) demand.keyed.set(entry.idempotencyKey!, entry);
      for (const target of caughtUp.targets ?? []) {
        demand.targets.set(target.entry.sequence, target);
      }
      if (state === 'behind') residents.load(resident, caughtUp);
      if (state === 'forked') residents.reload(resident);
    } catch (error) {
      demand.error = asServiceError(error);
    }
  }
}

/** Returns true for a broken account too: its jobs are rejected. */
function advance(resident: ResidentAccount, shownAt: number | null): boolean {
  try {
    return resident.advance(shownAt ?? resident.account.recordedAt);
  } catch {
    return true;
  }
}

function requestOf({ resident, keys, targetSequences }: Demand): CatchUp {
  return catchUpRequest(resident, keys, targetSequences);
}

/** Returns the request for what is new in an account, and for keys and targets of its jobs. */
export function catchUpRequest(
  { accountId, mark }: ResidentAccount,
  keys: ReadonlySet<string>,
  targets: ReadonlySet<number>,
): CatchUp {
  const request = { accountId, known: mark, keys: [...keys] };
  return targets.size === 0 ? request : { ...request, targets: [...targets] };
}

/**
 * Returns the limit of entries per account. At least the last entry known, which is read again, and
 * one more: fewer bring no account up to date. At most a page of a load, so that an account that is
 * stale by more delays no other.
 */
function entriesPerAccount(accounts: number, entriesMax: number): number {
  return Math.min(loadEntriesMax, Math.max(2, Math.floor(entriesMax / accounts)));
}
