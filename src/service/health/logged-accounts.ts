/**
 * Remembers which accounts were logged lately, so that each is logged once per period. Beyond
 * `accountsMax` the least recently seen accounts are forgotten, and may be logged again early.
 */
export class LoggedAccounts {
  private readonly loggedAt = new Map<string, number>();

  constructor(
    private readonly periodMs: number,
    private readonly accountsMax: number,
  ) {}

  /**
   * Returns true if the account was not logged within the period before or after `now`, and notes
   * it as logged. The clock may jump in either direction. O(1).
   */
  isDue(accountId: string, now: number): boolean {
    const loggedAt = this.loggedAt.get(accountId);
    const isDue = loggedAt === undefined || Math.abs(now - loggedAt) >= this.periodMs;
    // A Map keeps the order of insertion: the first is the least recently seen.
    this.loggedAt.delete(accountId);
    this.loggedAt.set(accountId, isDue ? now : loggedAt);
    if (this.loggedAt.size > this.accountsMax) {
      const [oldest] = this.loggedAt.keys();
      this.loggedAt.delete(oldest);
    }
    return isDue;
  }
}
