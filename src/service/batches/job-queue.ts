import type { JobGroup } from './pending-job';

/**
 * Requests that wait for a batch, first come, first served; what was put back precedes the others.
 */
export class JobQueue {
  private readonly returned = new Fifo();
  private readonly fresh = new Fifo();

  /** @param onAdded called after requests were added, so that the caller starts a batch. */
  constructor(private readonly onAdded: () => void) {}

  /** Commands and jobs that wait. */
  get rows(): number {
    return this.returned.rows + this.fresh.rows;
  }

  /** True if requests wait that were put back. */
  get hasReturned(): boolean {
    return this.returned.rows > 0;
  }

  add(group: JobGroup): void {
    this.fresh.push(group);
    this.onAdded();
  }

  /** Puts back what waited for an account or lost a race, before what arrived later. */
  putBack(groups: readonly JobGroup[]): void {
    if (groups.length === 0) return;
    for (const group of groups) this.returned.push(group);
    this.onAdded();
  }

  /**
   * Removes and returns the groups that arrived before `since`. O(groups that were put back +
   * groups removed).
   */
  takeOlderThan(since: number): JobGroup[] {
    const isOld = ({ jobs: [first] }: JobGroup) => first.since < since;
    const old = this.fresh.takeWhile(isOld);
    const returned = this.returned.takeWhile(() => true);
    for (const group of returned) if (!isOld(group)) this.returned.push(group);
    return [...returned.filter(isOld), ...old];
  }

  /** Takes groups up to a number of rows, but at least one if any waits. O(groups taken). */
  take(rowsMax: number): JobGroup[] {
    const batch: JobGroup[] = [];
    let rows = 0;
    for (const queue of [this.returned, this.fresh]) {
      for (let group = queue.first; group !== undefined; group = queue.first) {
        rows += group.rows;
        if (batch.length > 0 && rows > rowsMax) return batch;
        batch.push(group);
        queue.shift();
      }
    }
    return batch;
  }
}

/** An array is slow to shift when it is long, so the index of the first group moves instead. */
class Fifo {
  private rowCount = 0;
  private groups: JobGroup[] = [];
  private taken = 0;

  get rows(): number {
    return this.rowCount;
  }

  get first(): JobGroup | undefined {
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
}
