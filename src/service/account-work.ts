import type { Append, EntryMark } from '../journal/journal';
import { Account } from '../ledger/account';
import type { Command } from '../ledger/command';
import { decide } from '../ledger/decide';
import type { Entry } from '../ledger/entry';
import type { Undo } from '../ledger/evolve';
import { toError } from './journal-fault';
import type { LedgerClock } from './ledger-clock';
import type { Job, JobResult, Outcome } from './ledger-service';
import type { PendingJob } from './pending-job';
import type { ResidentAccount } from './resident-account';
import { OutcomeUnknown, ServiceUnavailable } from './service-error';

/** What the world hands in for one batch. */
export interface World {
  /** Milliseconds since 1970 UTC, read once; null while the clock is unusable. */
  readonly now: number | null;
  readonly newId: () => string;
  readonly clock: Pick<LedgerClock, 'isBehind'>;
}

/**
 * The part of a batch that concerns one account: its jobs, and what was decided until it is
 * durable.
 */
export class AccountWork {
  /** The jobs that were decided, in that order. */
  readonly jobs: PendingJob[] = [];
  /** Accepted, and not yet durable. */
  readonly entries: Entry[] = [];
  /** The length of the entries' text, roughly, in UTF-16 code units. */
  length = 0;
  /** Whether a command was not accepted under a key that nobody has looked up. */
  private hasOpenKey = false;
  private results: (JobResult<unknown> | Error)[] = [];
  private readonly undos: Undo[] = [];
  private readonly after: EntryMark | null;

  /**
   * @param keyed the entries that carry the jobs' idempotency keys; those of the batch are added.
   * @param isCaughtUp whether the account was current, and the keys looked up, when all of the jobs
   *   had come.
   */
  constructor(
    readonly resident: ResidentAccount,
    private readonly keyed: Map<string, Entry>,
    readonly isCaughtUp: boolean,
  ) {
    this.after = resident.mark;
  }

  /**
   * Whether the answers are true once the entries are in. An append goes in only right behind the
   * entry that was seen last, and only with keys that nobody has used: so it proves, as of its
   * moment, what every job of the batch was told of the account. Without an entry nothing is
   * proven.
   */
  get isProven(): boolean {
    return this.isCaughtUp || (this.entries.length > 0 && !this.hasOpenKey);
  }

  /** A copy: the journal may still hold what it was handed after all was taken back here. */
  get append(): Append {
    const { accountId } = this.resident;
    const isQuiet = !this.isCaughtUp;
    return { accountId, after: this.after, entries: [...this.entries], isQuiet };
  }

  /** Decides one more job, in memory. Nothing is answered before the entries are durable. */
  decide(pending: PendingJob, world: World): void {
    this.jobs.push(pending);
    this.results.push(this.perform(pending.job, world));
  }

  /** Answers every job: what was decided is durable. */
  answer(): void {
    this.resident.announce(this.after, this.entries);
    this.jobs.forEach(({ resolve, reject }, index) => {
      const result = this.results[index];
      if (result instanceof Error) reject(result);
      else resolve(result);
    });
  }

  /** Takes everything back, backwards, so that the jobs can be decided anew. */
  undo(): void {
    this.undoTo(0);
  }

  /**
   * Answers without the entries, which the journal did not take: jobs that only read are answered
   * from the state before, if that is known to be current; the others hear the error.
   */
  fail(error: Error): void {
    this.undo();
    this.results = this.jobs.map(({ job }) => {
      if (job.commands.length > 0) return error;
      return this.isCaughtUp ? this.read(job) : unreadable(error);
    });
    this.answer();
  }

  /** Tells every job that it cannot be served. */
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

  /** Throws if the command could be accepted but the clock cannot tell when. */
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
    if (account.recordedAt > now) clock.isBehind(accountId, now, account.recordedAt);
    this.undos.push(this.resident.apply(decision.entry));
    this.entries.push(decision.entry);
    this.length += lengthOf(decision.entry);
    if (key !== null) this.keyed.set(key, decision.entry);
    return decision;
  }

  private undoTo(count: number): void {
    while (this.undos.length > count) {
      this.undos.pop()!();
      const entry = this.entries.pop()!;
      this.length -= lengthOf(entry);
      if (entry.idempotencyKey !== null) this.keyed.delete(entry.idempotencyKey);
    }
  }
}

const clockMessage =
  "The server's clock is not between the years 0001 and 9999; nothing was changed.";

function lengthOf(entry: Entry): number {
  const own = entry.kind === 'spend' ? entry.allocations.length * 64 : entry.payer.length;
  return 128 + own + (entry.reference?.length ?? 0) + (entry.idempotencyKey?.length ?? 0);
}

/** Whoever only reads has changed nothing whose outcome could be unknown. */
function unreadable(error: Error): Error {
  if (!(error instanceof OutcomeUnknown)) return error;
  return new ServiceUnavailable('The store does not answer now; retry.', { cause: error });
}

/** Answers a job on an account that can have no entries, as its id is no valid text. */
export function answerInvalidAccount({ job, resolve, reject }: PendingJob): void {
  try {
    const account = new Account(job.accountId);
    const given = { now: 0, id: '', keyed: null };
    const outcomes = job.commands.map((command) => decide(account, command, given));
    resolve({ outcomes, view: job.view(null) });
  } catch (error) {
    reject(toError(error));
  }
}
