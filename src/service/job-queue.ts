import type { JobGroup } from './pending-job';

/** Requests that wait for a batch, first come first served. */
export class JobQueue {
  /** Commands and jobs that wait. */
  rows = 0;
  private groups: JobGroup[] = [];
  private taken = 0;

  get isEmpty(): boolean {
    return this.taken === this.groups.length;
  }

  add(group: JobGroup): void {
    this.groups.push(group);
    this.rows += group.rows;
  }

  /** Puts back what could not be served, before all others. */
  addFirst(groups: readonly JobGroup[]): void {
    if (groups.length === 0) return;
    this.groups = [...groups, ...this.groups.slice(this.taken)];
    this.taken = 0;
    for (const { rows } of groups) this.rows += rows;
  }

  /** Takes groups up to a number of rows, but at least one. O(groups taken), amortized. */
  take(rowsMax: number): JobGroup[] {
    const batch: JobGroup[] = [];
    for (let rows = 0; !this.isEmpty; this.taken += 1) {
      const group = this.groups[this.taken];
      rows += group.rows;
      if (batch.length > 0 && rows > rowsMax) break;
      batch.push(group);
      this.rows -= group.rows;
    }
    if (this.isEmpty || this.taken > 10_000) {
      this.groups = this.groups.slice(this.taken);
      this.taken = 0;
    }
    return batch;
  }
}
