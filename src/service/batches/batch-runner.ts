import { type Append, type AppendResult, hasTurns, type TurnJournal } from '../../journal/journal';
import type { LedgerClock } from '../health/ledger-clock';
import { asServiceError } from '../journal-fault';
import { Limited } from '../limited';
import type { ResidentAccount } from '../residents/resident-account';
import { OutcomeUnknown } from '../service-error';
import { Demands, type DemandsOptions } from './demands';
import { Draft } from './draft';
import { runExclusiveTurn } from './exclusive-turn';
import type { JobQueue } from './job-queue';
import { showLater } from './later-view';
import {
  groupOf,
  type JobGroup,
  jobsOneByOne,
  mayWrite,
  type PendingJob,
  writesOf,
} from './pending-job';
import { AccountFailure, appendPerAccount } from './per-account';
import type { World } from './world';

interface BatchRunnerOptions extends DemandsOptions {
  readonly queue: JobQueue;
  readonly clock: LedgerClock;
  readonly newId: () => string;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Is notified of an account in which something that is due was shown and is not recorded. */
  readonly shownDue: (accountId: string) => void;
}

/**
 * Serves batches: brings the accounts up to date, decides, appends, responds. Batches that are in
 * flight together must have no account in common.
 */
export class BatchRunner {
  private readonly turns: Limited;

  constructor(private readonly options: BatchRunnerOptions) {
    this.turns = new Limited(options.limits.turnsMax);
  }

  /** Runs a batch. Never rejects: every job is resolved, rejected, or queued again. */
  async run(groups: readonly JobGroup[]): Promise<void> {
    const together = this.startTurns(groups);
    const demands = new Demands(this.options);
    const free = together.filter((group) => demands.add(group));
    await demands.catchUp();
    await this.append(this.draft(free, demands));
    demands.unpin();
    this.options.residents.tidy(demands.accounts);
  }

  /** Serves contended accounts, each by itself, and returns the requests that are left. */
  private startTurns(groups: readonly JobGroup[]): readonly JobGroup[] {
    const { journal } = this.options;
    if (!hasTurns(journal)) return groups;
    const turns = new Map<ResidentAccount, JobGroup[]>();
    const others = groups.filter((group) => {
      const resident = this.contendedBy(group);
      if (resident === null) return true;
      const contending = turns.get(resident);
      if (contending === undefined) turns.set(resident, [group]);
      else contending.push(group);
      return false;
    });
    for (const [resident, contending] of turns) {
      const jobs = contending.flatMap((group) => group.jobs);
      // Reads do not contend.
      if (!jobs.some(({ job }) => mayWrite(job))) others.push(...contending);
      else this.startTurn(journal, resident, jobs);
    }
    return others;
  }

  /**
   * Returns the account of a request that is to be served alone, since its appends lost many races.
   * Null if there is none, if it is occupied, or if the request needs other accounts too.
   */
  private contendedBy({ jobs }: JobGroup): ResidentAccount | null {
    const { residents, limits } = this.options;
    const [{ job }] = jobs;
    const resident = residents.get(job.accountId);
    if (resident === undefined || !resident.isFree) return null;
    if (!resident.contention.isLosing(limits.lostRacesMax)) return null;
    const isAlone = jobs.every((other) => other.job.accountId === job.accountId);
    return isAlone && job.at === undefined ? resident : null;
  }

  private startTurn(
    journal: TurnJournal,
    resident: ResidentAccount,
    jobs: readonly PendingJob[],
  ): void {
    const { residents, queue, limits } = this.options;
    residents.serveAlone(resident, () =>
      this.turns.run(async () => {
        const { undone, isLost } = await runExclusiveTurn(resident, jobs, {
          ...this.options,
          journal,
          patience: { ...this.options, settleMsMax: limits.settleMsMax },
          world: () => this.world(),
          lengthMax: limits.batchLengthMax,
        });
        queue.putBack(jobsOneByOne(undone));
        return isLost;
      }),
    );
  }

  /** Decides requests one after another, as far as their entries fit in one write. */
  private draft(groups: readonly JobGroup[], demands: Demands): Draft[] {
    const { limits, queue } = this.options;
    const world = this.world();
    const drafts = new Map<string, Draft>();
    let length = 0;
    for (const [index, group] of groups.entries()) {
      if (length >= limits.batchLengthMax) {
        queue.putBack(groups.slice(index));
        break;
      }
      if (!demands.isServable(group, world.shownAt)) continue;
      for (const pending of group.jobs) {
        const draft = draftOf(pending, demands, drafts);
        length -= draft.length;
        if (!draft.add(pending, world)) this.showLater(pending, draft, drafts);
        length += draft.length;
      }
    }
    return [...drafts.values()];
  }

  /** Occupies the account to show it at a later instant, unless the batch is about to change it. */
  private showLater(pending: PendingJob, draft: Draft, drafts: Map<string, Draft>): void {
    const { queue, residents, limits } = this.options;
    const { resident, jobs } = draft;
    if (jobs.length > 0) {
      // What was put back comes first in the next batch.
      queue.putBack([groupOf([pending])]);
      return;
    }
    drafts.delete(resident.accountId);
    residents.showLater(resident, () => showLater(resident, pending, limits.previewRowsMax));
  }

  /** Reads the clock once for everything that is decided together. */
  private world(): World {
    const { clock, newId } = this.options;
    const now = clock.read();
    return { now, shownAt: now ?? clock.estimate(), newId, clock };
  }

  /** Appends the whole batch in one write; drafts without entries are resolved at once. */
  private async append(drafts: readonly Draft[]): Promise<void> {
    const changed: Draft[] = [];
    for (const draft of drafts) {
      if (draft.resident.fault !== null) draft.reject(draft.resident.fault);
      else if (!draft.isProven) this.readFirst(draft);
      else if (draft.entries.length === 0) this.show(draft);
      else changed.push(draft);
    }
    if (changed.length === 0) return;
    const results = await this.write(changed);
    results.forEach((result, index) => {
      const draft = changed[index];
      if (result === 'appended') this.keep(draft);
      else if (result === 'conflict') this.retry(draft);
      else this.fail(draft, result);
    });
  }

  private show(draft: Draft): void {
    const { accountId, aheadRows } = draft.resident;
    if (aheadRows.length > 0) this.options.shownDue(accountId);
    draft.resolve();
  }

  private async write(drafts: readonly Draft[]): Promise<(AppendResult | Error)[]> {
    const { journal, limits, wait } = this.options;
    const appends: Append[] = drafts.map((draft) => draft.seal());
    try {
      const patience = { settleMsMax: limits.settleMsMax, wait };
      const results = await appendPerAccount(journal, appends, patience);
      return results.map((result, index) => {
        if (!(result instanceof AccountFailure)) return result;
        this.options.store.writesFailed(result.error, writesOf(drafts[index].jobs));
        return asServiceError(result.error);
      });
    } catch (error) {
      const fault = asServiceError(error);
      this.options.store.writesFailed(error, writesOf(drafts.flatMap(({ jobs }) => jobs)));
      return drafts.map(() => fault);
    }
  }

  private keep(draft: Draft): void {
    draft.resident.contention.endLosing();
    draft.resolve();
  }

  /**
   * Undoes a draft that lost the race, and puts its jobs back: the entries of the other process are
   * read before they are decided again.
   */
  private retry(draft: Draft): void {
    const { resident, isCaughtUp } = draft;
    draft.undo();
    resident.markStale();
    resident.contention.noteLostRace(isCaughtUp);
    this.options.queue.putBack(jobsOneByOne(draft.jobs));
  }

  /** Undoes a draft whose results no append will prove, and puts its jobs back for a read. */
  private readFirst(draft: Draft): void {
    draft.undo();
    draft.resident.contention.requireRead(this.options.limits.quietReadsMin);
    this.options.queue.putBack(jobsOneByOne(draft.jobs));
  }

  private fail(draft: Draft, error: Error): void {
    draft.fail(error);
    if (error instanceof OutcomeUnknown) this.options.residents.drop(draft.resident);
  }
}

function draftOf({ job }: PendingJob, demands: Demands, drafts: Map<string, Draft>): Draft {
  let draft = drafts.get(job.accountId);
  if (draft === undefined) {
    const { resident, isCaughtUp, ...found } = demands.of(job.accountId);
    draft = new Draft(resident, found, isCaughtUp);
    drafts.set(job.accountId, draft);
  }
  return draft;
}
