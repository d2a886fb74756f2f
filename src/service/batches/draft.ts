import { seal } from '../../digest/entry-digest';
import type { Append } from '../../journal/journal';
import type { Command } from '../../ledger/command';
import { type Decision, decide } from '../../ledger/decide';
import { type Entry, lotsOf } from '../../ledger/entry';
import type { Undo } from '../../ledger/evolve';
import { invariant } from '../../ledger/invariant';
import type { Target } from '../../ledger/target';
import { toError } from '../journal-fault';
import type { Job, JobResult, Outcome } from '../ledger-service';
import type { ChainEnd, ResidentAccount } from '../residents/resident-account';
import { OutcomeUnknown, ServiceUnavailable } from '../service-error';
import { BatchTargets } from './batch-targets';
import { mayWrite, type PendingJob } from './pending-job';
import { type Found, nowOf, type World } from './world';

/** The most rows that are processed within a batch to show an account at a later instant. */
const previewRowsAtOnce = 1_000;

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
  /** Null until a job reverses something. */
  private targets: BatchTargets | null = null;
  /** The instant of what was decided and shown last. */
  private shownAt = Number.NEGATIVE_INFINITY;

  /**
   * @param isCaughtUp true if the account was current, and the keys and targets were looked up,
   *   after all of the jobs had arrived.
   */
  constructor(
    readonly resident: ResidentAccount,
    private readonly found: Found,
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

  /**
   * Decides one more job in memory. It is resolved only when the entries are durable. Returns false
   * if the job is not added, since what it shows takes more rows than a batch processes at once.
   */
  add(pending: PendingJob, world: World): boolean {
    const result = this.perform(pending.job, world);
    if (result === null) return false;
    this.jobs.push(pending);
    this.results.push(result);
    return true;
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
      if (mayWrite(job)) return error;
      return this.isCaughtUp ? this.read(job) : unreadable(error);
    });
    this.resolve();
  }

  /** Rejects every job. */
  reject(error: Error): void {
    for (const { reject } of this.jobs) reject(error);
  }

  private perform(job: Job<unknown>, world: World): JobResult<unknown> | Error | null {
    const start = this.undos.length;
    try {
      this.shownAt = world.shownAt ?? this.resident.account.recordedAt;
      const outcomes = job.commands.map((command) => this.command(command, job.actor, world));
      if (job.records) this.record(world);
      return this.shown(job, outcomes);
    } catch (error) {
      this.undoTo(start);
      return toError(error);
    }
  }

  /** Reads again for a job that was shown in the batch before. */
  private read(job: Job<unknown>): JobResult<unknown> | Error {
    try {
      return this.shown(job, []) ?? new ServiceUnavailable('Nothing was changed; retry.');
    } catch (error) {
      return toError(error);
    }
  }

  /** Returns null if the view would take too many rows. */
  private shown(
    { at, view }: Job<unknown>,
    outcomes: readonly Outcome[],
  ): JobResult<unknown> | null {
    const { account } = this.resident;
    this.advance();
    const seen = account.sequence === 0 ? null : account;
    if (at === undefined || at < account.nextDue) return { outcomes, view: view(seen) };
    const { undo } = this.resident.processUntil(at, previewRowsAtOnce);
    try {
      return at < account.nextDue ? { outcomes, view: view(seen) } : null;
    } finally {
      undo();
    }
  }

  /** Processes what is due. The caller of `add` has seen that it is not too much for one entry. */
  private advance(): void {
    const isDone = this.resident.advance(this.shownAt);
    invariant(isDone, 'an account with more due rows than one entry holds is not in a batch');
  }

  /**
   * Decides a command, and applies it if it is accepted.
   * @throws ServiceUnavailable if the command would be accepted but the clock is unusable.
   */
  private command(command: Command, actor: string | undefined, world: World): Outcome {
    const { idempotencyKey: key } = command;
    const keyed = key === null ? null : (this.found.keyed.get(key) ?? null);
    const decision = this.decide(command, keyed, world);
    if (decision.kind !== 'accepted') {
      this.hasOpenKey ||= key !== null && keyed === null;
      return decision;
    }
    const { accountId, account } = this.resident;
    const now = nowOf(world);
    if (account.recordedAt > now) world.clock.noteBehind(accountId, now, account.recordedAt);
    this.record(world);
    const { entry } = decision;
    if (actor !== undefined) setActor(entry, actor);
    this.keep(entry, this.resident.apply(entry));
    return decision;
  }

  /** Decides a command. A replay lapses nothing: nothing that is due can change what it returns. */
  private decide(command: Command, keyed: Entry | null, { newId }: World): Decision {
    const { resident } = this;
    const { account } = resident;
    const given = { now: this.shownAt, id: newId(), keyed };
    if (keyed !== null) return decide(account, command, given);
    this.advance();
    const target = this.targetOf(command);
    return resident.asIfRecorded(() => decide(account, command, { ...given, target }));
  }

  private targetOf(command: Command): Target | null {
    if (!('target' in command) || command.target === null) return null;
    this.targets ??= new BatchTargets(this.found.targets, this.entries);
    return this.targets.find(command.target, this.resident.aheadRows);
  }

  /** Makes an entry of what was due, if anything was. */
  private record(world: World): void {
    this.advance();
    if (this.resident.aheadRows.length === 0) return;
    const { entry, undo } = this.resident.recordAhead({ now: nowOf(world), id: world.newId() });
    this.keep(entry, undo);
  }

  private keep(entry: Entry, undo: Undo): void {
    this.undos.push(undo);
    this.entries.push(entry);
    this.textLength += lengthOf(entry);
    this.targets?.add(entry);
    if (entry.idempotencyKey !== null) this.found.keyed.set(entry.idempotencyKey, entry);
  }

  private undoTo(count: number): void {
    while (this.undos.length > count) {
      this.undos.pop()!();
      const entry = this.entries.pop()!;
      this.textLength -= lengthOf(entry);
      this.targets?.remove(entry);
      if (entry.idempotencyKey !== null) this.found.keyed.delete(entry.idempotencyKey);
    }
  }
}

/** Sets the actor of an entry that was just made: a copy of it would cost more than the rest. */
function setActor(entry: { actor?: string }, actor: string): void {
  entry.actor = actor;
}

function lengthOf(entry: Entry): number {
  const { reference, idempotencyKey, actor = '' } = entry;
  const texts = (reference ?? '').length + (idempotencyKey ?? '').length + actor.length;
  return 128 + lotsOf(entry) * 64 + texts;
}

/** Returns the error for a read, which has changed nothing whose outcome could be unknown. */
function unreadable(error: Error): Error {
  if (!(error instanceof OutcomeUnknown)) return error;
  return new ServiceUnavailable('The store does not respond now; retry.', { cause: error });
}
