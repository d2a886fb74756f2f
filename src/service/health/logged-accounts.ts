import { LRUCache } from 'lru-cache';

/**
 * Remembers which accounts were logged lately, so that each is logged once per period. Beyond
 * `accountsMax`, the least recently used accounts are evicted, and may be logged again early.
 */
export class LoggedAccounts {
  private readonly loggedAt: LRUCache<string, number>;

  constructor(
    private readonly periodMs: number,
    accountsMax: number,
  ) {
    this.loggedAt = new LRUCache({ max: accountsMax });
  }

  /**
   * Returns true if the account was not logged within the period before or after `now`, and notes
   * it as logged. The clock may jump in either direction. O(1).
   */
  isDue(accountId: string, now: number): boolean {
    const loggedAt = this.loggedAt.get(accountId);
    if (loggedAt !== undefined && Math.abs(now - loggedAt) < this.periodMs) return false;
    this.loggedAt.set(accountId, now);
    return true;
  }
}
