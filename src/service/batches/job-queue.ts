import type { JobGroup } from './pending-job';

/**
 * Requests that wait for a batch, in the order of their arrival. A request for an account that the
 * batch in flight touches is held back until that batch ends, and so is what came later for one of
 * its accounts: no request overtakes another one of the same account.
 */
export class JobQueue {
  /** Were taken or held back before, so that each came before what is fresh. */
  private readonly early = new Line();
  private readonly fresh = new Line();
  private readonly held = new Line();
  private readonly heldAccountIds = new Set<string>();
  /** The accounts of the batch for which groups are held back. */
  private heldFor: ReadonlySet<string> | null = null;
  private isPutBack = false;

  /** @param onAdded called when there may be more to take, so that the caller starts a batch. */
  constructor(private readonly onAdded: () => void) {}

  /** Commands and jobs that wait. */
  get rows(): number {
    return this.freeRows + this.held.rows;
  }

  /** Those that are not held back. */
  get freeRows(): number {
    return this.early.rows + this.fresh.rows;
  }

  /** True if requests were put back since the last batch. */
  get hasReturned(): boolean {
    return this.isPutBack;
  }

  add(group: JobGroup): void {
    this.fresh.push(group);
    this.onAdded();
  }

  /** Puts back what waited for an account or lost a race, before what arrived later. */
  putBack(groups: readonly JobGroup[]): void {
    if (groups.length === 0) return;
    // What is held back may have arrived later, and must not hold these back.
    if (groups.some((group) => this.needsHeldAccount(group))) this.releaseAll();
    for (const group of groups) this.early.push(group);
    this.isPutBack = true;
    this.onAdded();
  }

  /**
   * Removes and returns the groups that arrived before `since`. What they held back may be taken.
   * O(groups held back + groups removed).
   */
  takeOlderThan(since: number): JobGroup[] {
    this.releaseAll();
    const isOld = (group: JobGroup) => sinceOf(group) < since;
    const old = [...this.early.takeWhile(isOld), ...this.fresh.takeWhile(isOld)];
    if (old.length > 0) this.onAdded();
    return old;
  }

  /**
   * Takes groups up to a number of rows, but at least one if any is free of the accounts in flight.
   * The others that it passes are held back. O(groups taken or held back).
   * @param inFlight the accounts of the only batch in flight, always the same object; or none.
   */
  take(rowsMax: number, inFlight: ReadonlySet<string>): JobGroup[] {
    const batch: JobGroup[] = [];
    let rows = 0;
    this.isPutBack = false;
    for (const line of [this.early, this.fresh]) {
      for (let group = line.first; group !== undefined; group = line.first) {
        if (inFlight.size > 0 && this.isBlocked(group, inFlight)) {
          this.heldFor = inFlight;
          this.hold(group);
        } else {
          rows += group.rows;
          if (batch.length > 0 && rows > rowsMax) return batch;
          batch.push(group);
        }
        line.shift();
      }
    }
    return batch;
  }

  /**
   * Lets what was held back for a batch be taken at its end. What is held back for the other one
   * stays, so that a batch costs nothing for what waits for another. O(groups held back for it).
   */
  release(accountIds: ReadonlySet<string>): void {
    if (accountIds === this.heldFor) this.releaseAll();
  }

  private releaseAll(): void {
    this.heldFor = null;
    this.heldAccountIds.clear();
    for (const group of this.held.takeWhile(() => true)) this.early.push(group);
  }

  private isBlocked({ jobs }: JobGroup, inFlight: ReadonlySet<string>): boolean {
    return jobs.some(
      ({ job: { accountId } }) => inFlight.has(accountId) || this.heldAccountIds.has(accountId),
    );
  }

  private needsHeldAccount({ jobs }: JobGroup): boolean {
    return jobs.some(({ job }) => this.heldAccountIds.has(job.accountId));
  }

  private hold(group: JobGroup): void {
    for (const { job } of group.jobs) this.heldAccountIds.add(job.accountId);
    this.held.push(group);
  }
}

/**
 * Groups in the order of their arrival, in which they are nearly always pushed. An array is slow to
 * shift when it is long, so the index of the first group moves instead.
 */
class Line {
  private rowCount = 0;
  private groups: JobGroup[] = [];
  private taken = 0;
  private isInOrder = true;

  get rows(): number {
    return this.rowCount;
  }

  get first(): JobGroup | undefined {
    if (!this.isInOrder) this.order();
    return this.groups[this.taken];
  }

  takeWhile(holds: (group: JobGroup) => boolean): JobGroup[] {
    const taken: JobGroup[] = [];
    for (let group = this.first; group !== undefined && holds(group); group = this.first) {
      taken.push(group);
      this.shift();
    }
    return taken;
  }

  push(group: JobGroup): void {
    const last = this.groups.at(-1);
    if (last !== undefined && sinceOf(last) > sinceOf(group)) this.isInOrder = false;
    this.groups.push(group);
    this.rowCount += group.rows;
  }

  shift(): void {
    this.rowCount -= this.groups[this.taken].rows;
    this.taken += 1;
    if (this.taken * 2 < this.groups.length) return;
    this.groups = this.groups.slice(this.taken);
    this.taken = 0;
  }

  private order(): void {
    this.groups = this.groups.slice(this.taken).sort((a, b) => sinceOf(a) - sinceOf(b));
    this.taken = 0;
    this.isInOrder = true;
  }
}

function sinceOf({ jobs: [first] }: JobGroup): number {
  return first.since;
}
