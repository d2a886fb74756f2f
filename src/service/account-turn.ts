import {
  type Append,
  AppendOutcomeUnknown,
  type AppendResult,
  type CaughtUp,
  type Journal,
} from '../journal/journal';
import type { Entry } from '../ledger/entry';
import { applyCaughtUp, loadEntriesMax } from './account-loader';
import { AccountWork, type World } from './account-work';
import { asServiceError } from './journal-fault';
import { keysOf, type PendingJob, writesOf } from './pending-job';
import type { ResidentAccount } from './resident-account';
import { OutcomeUnknown } from './service-error';
import { type Patience, settleAppend } from './settled-append';
import type { StoreWatch } from './store-watch';

export interface AccountTurnOptions {
  readonly journal: Journal;
  readonly store: StoreWatch;
  readonly patience: Patience;
  readonly world: () => World;
  /** Text of the entries of one turn, in UTF-16 code units. */
  readonly lengthMax: number;
}

/** What is left of a turn. */
export interface TurnEnd {
  /** Jobs that could not be decided now: they go back into the queue. */
  readonly undone: readonly PendingJob[];
  /** Set if the account's memory is not to be trusted any more. */
  readonly isLost: boolean;
}

/**
 * Serves one account's jobs while nobody else can append to it: for an account that lost to faster
 * processes several times. Whoever contends takes a turn, so that the one furthest away is served
 * as often as the others. Never rejects: every job is answered, rejected, or left undone.
 */
export async function takeTurn(
  resident: ResidentAccount,
  jobs: readonly PendingJob[],
  options: AccountTurnOptions,
): Promise<TurnEnd> {
  return new AccountTurn(resident, jobs, options).run();
}

class AccountTurn {
  private work: AccountWork | null = null;
  /** How many jobs were decided: all, if their entries fit in one write. */
  private decided = 0;

  constructor(
    private readonly resident: ResidentAccount,
    private readonly jobs: readonly PendingJob[],
    private readonly options: AccountTurnOptions,
  ) {}

  async run(): Promise<TurnEnd> {
    const { resident } = this;
    resident.isCurrent = false;
    try {
      return this.end(await this.append());
    } catch (error) {
      return this.fail(error);
    }
  }

  private async append(): Promise<AppendResult | null> {
    const { journal, patience } = this.options;
    const { accountId, mark } = this.resident;
    const request = { accountId, known: mark, keys: [...keysOf(this.jobs)] };
    let sent: Append | null = null;
    try {
      return await journal.appendAlone(request, loadEntriesMax, (caughtUp) => {
        sent = this.decide(caughtUp);
        return sent;
      });
    } catch (error) {
      if (!(error instanceof AppendOutcomeUnknown) || sent === null) throw error;
      return (await settleAppend(journal, [sent], patience, error))[0];
    }
  }

  private decide(caughtUp: CaughtUp): Append | null {
    const { resident } = this;
    const { lengthMax } = this.options;
    const world = this.options.world();
    const known = resident.mark?.sequence ?? 0;
    if (applyCaughtUp(resident, caughtUp) !== 'ready') return null;
    resident.isCurrent = true;
    if ((resident.mark?.sequence ?? 0) === known) resident.lostRounds = 0;
    else resident.quietReads = 0;
    const work = new AccountWork(resident, keyedOf(caughtUp), true);
    this.work = work;
    for (const job of this.jobs) {
      if (work.length >= lengthMax) break;
      work.decide(job, world);
      this.decided += 1;
    }
    // What a broken account has decided must not be written.
    if (resident.broken !== null) return null;
    return work.entries.length === 0 ? null : work.append;
  }

  private end(result: AppendResult | null): TurnEnd {
    const { resident, work, jobs } = this;
    if (work === null) {
      // Too far behind, or on another history: a batch finds that out and loads the account.
      if (result !== 'conflict') resident.lostRounds = 0;
      return { undone: jobs, isLost: false };
    }
    if (resident.broken !== null) {
      work.reject(resident.broken);
      return { undone: jobs.slice(this.decided), isLost: true };
    }
    if (result === 'conflict') {
      work.undo();
      resident.isCurrent = false;
      return { undone: jobs, isLost: false };
    }
    work.answer();
    return { undone: jobs.slice(this.decided), isLost: false };
  }

  private fail(error: unknown): TurnEnd {
    const { resident, work, jobs } = this;
    const fault = asServiceError(error);
    this.options.store.writesFailed(error, writesOf(jobs));
    if (work === null) for (const { reject } of jobs) reject(fault);
    else {
      work.fail(fault);
      for (const { reject } of jobs.slice(this.decided)) reject(fault);
    }
    return { undone: [], isLost: fault instanceof OutcomeUnknown || resident.broken !== null };
  }
}

function keyedOf({ keyed }: CaughtUp): Map<string, Entry> {
  return new Map(keyed.map((entry) => [entry.idempotencyKey!, entry]));
}
