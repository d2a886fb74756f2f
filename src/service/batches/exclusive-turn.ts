import type { Append, AppendResult, CaughtUp, TurnJournal } from '../../journal/journal';
import { AppendOutcomeUnknown } from '../../journal/journal-error';
import type { StoreWatch } from '../health/store-watch';
import { asServiceError } from '../journal-fault';
import { applyCaughtUp, loadEntriesMax } from '../residents/loader';
import type { ResidentAccount } from '../residents/resident-account';
import { OutcomeUnknown } from '../service-error';
import { catchUpRequest } from './demands';
import { Draft } from './draft';
import { keysOf, type PendingJob, targetsOf, writesOf } from './pending-job';
import { type Patience, settleAppend } from './settled-append';
import type { Found, World } from './world';

interface ExclusiveTurnOptions {
  readonly journal: TurnJournal;
  readonly store: StoreWatch;
  readonly patience: Patience;
  readonly world: () => World;
  /** Text of the entries of one turn, in UTF-16 code units. */
  readonly lengthMax: number;
}

/** What is left of a turn. */
interface TurnEnd {
  /** Jobs that could not be decided now: they go back into the queue. */
  readonly undone: readonly PendingJob[];
  /** True if the account's memory must not be used any more. */
  readonly isLost: boolean;
}

/**
 * Serves one account's jobs while no other process can append to it: for an account that lost many
 * races to faster processes. Turns are first come, first served, so that the process with the
 * longest round trip is served as often as the others. Never rejects: every job is resolved,
 * rejected, or returned as undone.
 */
export async function runExclusiveTurn(
  resident: ResidentAccount,
  jobs: readonly PendingJob[],
  options: ExclusiveTurnOptions,
): Promise<TurnEnd> {
  return new ExclusiveTurn(resident, jobs, options).run();
}

class ExclusiveTurn {
  private draft: Draft | null = null;
  /** How many jobs were decided: all, if their entries fit in one write. */
  private decided = 0;

  constructor(
    private readonly resident: ResidentAccount,
    private readonly jobs: readonly PendingJob[],
    private readonly options: ExclusiveTurnOptions,
  ) {}

  async run(): Promise<TurnEnd> {
    this.resident.markStale();
    try {
      return this.end(await this.append());
    } catch (error) {
      return this.fail(error);
    }
  }

  private async append(): Promise<AppendResult | null> {
    const { journal, patience } = this.options;
    const request = catchUpRequest(this.resident, keysOf(this.jobs), targetsOf(this.jobs));
    let sent: Append | null = null;
    try {
      return await journal.appendAlone(request, loadEntriesMax, (caughtUp) => {
        sent = this.decideJobs(caughtUp);
        return sent;
      });
    } catch (error) {
      if (!(error instanceof AppendOutcomeUnknown) || sent === null) throw error;
      return (await settleAppend(journal, [sent], patience, error))[0];
    }
  }

  private decideJobs(caughtUp: CaughtUp): Append | null {
    const { resident } = this;
    const world = this.options.world();
    const known = resident.mark?.sequence ?? 0;
    if (applyCaughtUp(resident, caughtUp) !== 'ready') return null;
    resident.markCurrent();
    const foundOthers = (resident.mark?.sequence ?? 0) > known;
    if (foundOthers) resident.contention.noteRead(true);
    else resident.contention.endLosing();
    // Too much is due for one entry: a batch detects that and records it first.
    if (!resident.advance(world.shownAt ?? resident.account.recordedAt)) return null;
    const draft = new Draft(resident, foundIn(caughtUp), true);
    this.draft = draft;
    for (const job of this.jobs) {
      if (draft.length >= this.options.lengthMax || !draft.add(job, world)) break;
      this.decided += 1;
    }
    // What a broken account has decided must not be written.
    if (resident.fault !== null) return null;
    return draft.entries.length === 0 ? null : draft.seal();
  }

  private end(result: AppendResult | null): TurnEnd {
    const { resident, draft, jobs } = this;
    if (draft === null) {
      // Stale by many entries, or on another history: a batch detects that and loads the account.
      if (result !== 'conflict') resident.contention.endLosing();
      return { undone: jobs, isLost: false };
    }
    if (resident.fault !== null) {
      draft.reject(resident.fault);
      return { undone: jobs.slice(this.decided), isLost: true };
    }
    if (result === 'conflict') {
      draft.undo();
      resident.markStale();
      return { undone: jobs, isLost: false };
    }
    draft.resolve();
    return { undone: jobs.slice(this.decided), isLost: false };
  }

  private fail(error: unknown): TurnEnd {
    const { resident, draft, jobs } = this;
    const fault = asServiceError(error);
    this.options.store.writesFailed(error, writesOf(jobs));
    if (draft === null) for (const { reject } of jobs) reject(fault);
    else {
      draft.fail(fault);
      for (const { reject } of jobs.slice(this.decided)) reject(fault);
    }
    return { undone: [], isLost: fault instanceof OutcomeUnknown || resident.fault !== null };
  }
}

function foundIn({ keyed, targets = [] }: CaughtUp): Found {
  return {
    keyed: new Map(keyed.map((entry) => [entry.idempotencyKey!, entry])),
    targets: new Map(targets.map((target) => [target.entry.sequence, target])),
  };
}
