import { type EndedOutage, Outage } from './outage';

/** Whether requests can be served, or only those that change nothing. */
export type StoreState = 'ready' | 'writes-fail';

/**
 * Decides whether the service reports that writes fail, and when it makes a trial write. Pure: time
 * is passed in, in milliseconds of a monotonic clock.
 *
 * Once a write has failed because of the store, writes fail until a trial write succeeds that began
 * after that failure. A write that succeeds does not end this: on a disk that is almost full, small
 * writes and large ones would change the state with every request. What may or may not be the
 * store's fault (a snapshot, an error of an unknown kind) changes nothing by itself: a trial write
 * decides.
 */
export class WriteHealth {
  private readonly outage = new Outage();
  private dueAt: number | null = null;
  private triedAt = Number.NEGATIVE_INFINITY;

  /** @param trialMs the time between a failure and a trial, and between two trials. */
  constructor(private readonly trialMs: number) {}

  get state(): StoreState {
    return this.outage.since === null ? 'ready' : 'writes-fail';
  }

  /** When the next trial write is due; null if none is needed, or one is in flight. */
  get trialDueAt(): number | null {
    return this.dueAt;
  }

  /** Notes writes that failed because of the store. Returns true if this changes the state. */
  writesFailed(writes: number, now: number): boolean {
    const isChange = this.outage.fail(now, writes);
    // A trial of a mere suspicion may be due earlier.
    if (isChange || this.dueAt === null) this.dueAt = now + this.trialMs;
    return isChange;
  }

  /**
   * Notes a failure that the store may have caused: a trial write is due, at most one per period.
   */
  suspect(now: number): void {
    this.dueAt ??= Math.max(now, this.triedAt + this.trialMs);
  }

  trialBegins(now: number): void {
    this.triedAt = now;
    this.dueAt = null;
  }

  /** Returns the outage that this trial ends; null if it ends none. */
  trialSucceeded(now: number): EndedOutage | null {
    const { since } = this.outage;
    if (since !== null && since > this.triedAt) return null;
    this.dueAt = null;
    return this.outage.end(now);
  }

  /** Notes a trial write that failed. Returns true if this changes the state. */
  trialFailed(now: number): boolean {
    this.dueAt = now + this.trialMs;
    return this.outage.fail(now, 0);
  }
}
