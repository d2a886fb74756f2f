import { seal } from '../../digest/entry-digest';
import type { Append } from '../../journal/journal';
import { Account } from '../../ledger/account';
import type { Command } from '../../ledger/command';
import { decide } from '../../ledger/decide';
import { type Entry, lotsOf } from '../../ledger/entry';
import type { Undo } from '../../ledger/evolve';
import type { LedgerClock } from '../health/ledger-clock';
import { toError } from '../journal-fault';
import type { Job, JobResult, Outcome } from '../ledger-service';
import type { ChainEnd, ResidentAccount } from '../residents/resident-account';
import { OutcomeUnknown, ServiceUnavailable } from '../service-error';
import type { PendingJob } from './pending-job';

/** What is passed in from outside for one batch. */
export interface World {
  /** Milliseconds since 1970 UTC, read once per batch; null while the clock is unusable. */
  readonly now: number | null;
  readonly newId: () => string;
  readonly clock: Pick<LedgerClock, 'noteBehind'>;
}

/**
 * The part of a batch that concerns one account: its jobs, and what was decided until that is
 * durable or undone.
 */
export class Draft {
  /** The jobs that were decided, in that order. */
  readonly jobs: PendingJob[] = [];
  /** Accepted, and not yet durable. */
  readonly entries: Entry[] = [];
  private textLength = 0;
  /** True if a command was not accepted under a key that was not looked up. */
  private hasOpenKey = false;
  private results: (JobResult<unknown> | Error)[] = [];
  private readonly undos: Undo[] = [];
  private readonly after: ChainEnd | null;

  /**
   * @param keyed the entries that carry the jobs' idempotency keys; those of the batch are added.
   * @param isCaughtUp true if the account was current, and the keys were looked up, after all of
   *   the jobs had arrived.
   */
  constructor(
    readonly resident: ResidentAccount,
    private readonly keyed: Map<string, Entry>,
    readonly isCaughtUp: boolean,
  ) {
    this.after = resident.mark;
  }

  /**
   * True if the results hold once the entries are appended. An append succeeds only right after
   * the entry that was seen last, and only with unused keys: so it proves, as of its
   * moment, what every job of the batch has seen of the account. Without an entry nothing is
   * proven.
   */
  get isProven(): boolean {
    return this.isCaughtUp || (this.entries.length > 0 && !this.hasOpenKey);
  }

  /** The length of the entries' text, roughly, in UTF-16 code units. */
  get length(): number {
    return this.textLength;
  }

  /**
   * Gives the entries their digests, as they are final now, and returns them to be appended. A
   * copy, since the journal may still use it after the draft was undone.
   */
  seal(): Append {
    const { accountId } = this.resident;
    const isQuiet = !this.isCaughtUp;
    seal(this.entries, this.after?.digest ?? null);
    return { accountId, after: this.after, entries: [...this.entries], isQuiet };
  }

  /** Decides one more job in memory. It is resolved only when the entries are durable. */
  add(pending: PendingJob, world: World): void {
    this.jobs.push(pending);
    this.results.push(this.perform(pending.job, world));
  }

  /** Resolves every job: what was decided is durable. */
  resolve(): void {
    this.resident.announce(this.after, this.entries);
    this.jobs.forEach(({ resolve, reject }, index) => {
      const result = this.results[index];
      if (result instanceof Error) reject(result);
      else resolve(result);
    });
  }

  /** Undoes everything in reverse order, so that the jobs can be decided again. */
  undo(): void {
    this.undoTo(0);
  }

  /**
   * Ends the jobs without the entries, which the journal did not append: jobs that only read are
   * resolved from the state before, if that is known to be current; the others are rejected.
   */
  fail(error: Error): void {
    this.undo();
    this.results = this.jobs.map(({ job }) => {
      if (job.commands.length > 0) return error;
      return this.isCaughtUp ? this.read(job) : unreadable(error);
    });
    this.resolve();
  }

  /** Rejects every job. */
  reject(error: Error): void {
    for (const { reject } of this.jobs) reject(error);
  }

  private perform(job: Job<unknown>, world: World): JobResult<unknown> | Error {
    const start = this.undos.length;
    try {
      const outcomes = job.commands.map((command) => this.command(command, world));
      return { outcomes, view: this.view(job) };
    } catch (error) {
      this.undoTo(start);
      return toError(error);
    }
  }

  private read(job: Job<unknown>): JobResult<unknown> | Error {
    try {
      return { outcomes: [], view: this.view(job) };
    } catch (error) {
      return toError(error);
    }
  }

  private view({ view }: Job<unknown>): unknown {
    const { account } = this.resident;
    return view(account.sequence === 0 ? null : account);
  }

  /**
   * Decides a command, and applies it if it is accepted.
   * @throws ServiceUnavailable if the command would be accepted but the clock is unusable.
   */
  private command(command: Command, { now, newId, clock }: World): Outcome {
    const { idempotencyKey: key } = command;
    const { account, accountId } = this.resident;
    const decision = decide(account, command, {
      now: now ?? account.recordedAt,
      id: newId(),
      keyed: key === null ? null : (this.keyed.get(key) ?? null),
    });
    if (decision.kind !== 'accepted') {
      this.hasOpenKey ||= key !== null && !this.keyed.has(key);
      return decision;
    }
    if (now === null) throw new ServiceUnavailable(clockMessage);
    if (account.recordedAt > now) clock.noteBehind(accountId, now, account.recordedAt);
    this.undos.push(this.resident.apply(decision.entry));
    this.entries.push(decision.entry);
    this.textLength += lengthOf(decision.entry);
    if (key !== null) this.keyed.set(key, decision.entry);
    return decision;
  }

  private undoTo(count: number): void {
    while (this.undos.length > count) {
      this.undos.pop()!();
      const entry = this.entries.pop()!;
      this.textLength -= lengthOf(entry);
      if (entry.idempotencyKey !== null) this.keyed.delete(entry.idempotencyKey);
    }
  }
}

const clockMessage =
  "The server's clock is not between the years 0001 and 9999; nothing was changed.";

function lengthOf(entry: Entry): number {
  const { reference, idempotencyKey } = entry;
  return 128 + lotsOf(entry) * 64 + (reference?.length ?? 0) + (idempotencyKey?.length ?? 0);
}

/** Returns the error for a read, which has changed nothing whose outcome could be unknown. */
function unreadable(error: Error): Error {
  if (!(error instanceof OutcomeUnknown)) return error;
  return new ServiceUnavailable('The store does not respond now; retry.', { cause: error });
}

/** Resolves a job on an account that can have no entries, as its id is not a valid text. */
export function resolveInvalidAccount({ job, resolve, reject }: PendingJob): void {
  try {
    const account = new Account(job.accountId);
    const given = { now: 0, id: '', keyed: null };
    const outcomes = job.commands.map((command) => decide(account, command, given));
    resolve({ outcomes, view: job.view(null) });
  } catch (error) {
    reject(toError(error));
  }
}
