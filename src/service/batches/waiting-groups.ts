import { toError } from '../journal-fault';
import type { ResidentAccount } from '../residents/resident-account';
import type { JobQueue } from './job-queue';
import { type JobGroup, rejectAll } from './pending-job';

/** Requests that wait for occupied accounts; each goes back to the queue when they are free. */
export class WaitingGroups {
  private rowCount = 0;
  /**
   * Waiting groups. The value says whether their wait is limited; a wait for loading is not, since
   * loading makes progress.
   */
  private readonly groups = new Map<JobGroup, boolean>();
  private readonly waits = new Set<Promise<void>>();

  constructor(private readonly queue: JobQueue) {}

  /** Commands and jobs that wait. */
  get rows(): number {
    return this.rowCount;
  }

  /** Keeps a group until these accounts are free; rejects its jobs if one of their tasks fails. */
  add(group: JobGroup, residents: readonly ResidentAccount[]): void {
    this.rowCount += group.rows;
    this.groups.set(
      group,
      residents.some(({ occupation }) => occupation === 'turn'),
    );
    // An account that becomes free must not be evicted while the group waits for another.
    const unpins = residents.map((resident) => resident.pin());
    const wait = Promise.all(residents.map((resident) => resident.whenFree()))
      .then(
        () => this.remove(group) && this.queue.putBack([group]),
        (error) => this.remove(group) && rejectAll(group, toError(error)),
      )
      .then(() => {
        for (const unpin of unpins) unpin();
        this.waits.delete(wait);
      });
    this.waits.add(wait);
  }

  /** Removes and returns the groups that arrived before `since` and whose wait is limited. */
  takeOlderThan(since: number): JobGroup[] {
    const groups = [...this.groups.keys()];
    return groups.filter(
      (group) => this.groups.get(group) && group.jobs[0].since < since && this.remove(group),
    );
  }

  /** Resolves when no group waits. */
  async settled(): Promise<void> {
    while (this.waits.size > 0) await Promise.all(this.waits);
  }

  /** Returns false if the group does not wait any more. */
  private remove(group: JobGroup): boolean {
    if (!this.groups.delete(group)) return false;
    this.rowCount -= group.rows;
    return true;
  }
}
