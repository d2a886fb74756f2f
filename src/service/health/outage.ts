/** An outage that has ended. */
export interface EndedOutage {
  readonly failures: number;
  readonly durationMs: number;
}

/**
 * Counts failures from the first one to the next success, so that the log reports the beginning and
 * the end instead of each failure. Times are milliseconds of a monotonic clock.
 */
export class Outage {
  private begunAt: number | null = null;
  private failures = 0;

  /** When it began; null while there is none. */
  get since(): number | null {
    return this.begunAt;
  }

  /** Counts failures. Returns true if the outage begins with them. */
  fail(now: number, failures = 1): boolean {
    const isFirst = this.begunAt === null;
    if (this.begunAt === null) {
      this.begunAt = now;
      this.failures = 0;
    }
    this.failures += failures;
    return isFirst;
  }

  /** Ends the outage. Returns null if there was none. */
  end(now: number): EndedOutage | null {
    if (this.begunAt === null) return null;
    const durationMs = Math.round(now - this.begunAt);
    this.begunAt = null;
    return { failures: this.failures, durationMs };
  }
}
