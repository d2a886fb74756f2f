import { LRUCache } from 'lru-cache';

/**
 * Limits what is logged about an account to once per period. Beyond `accountsMax`, the least
 * recently seen accounts are evicted, and may be logged again early.
 */
export class ToldAccounts {
  private readonly toldAt: LRUCache<string, number>;

  constructor(
    private readonly periodMs: number,
    accountsMax: number,
  ) {
    this.toldAt = new LRUCache({ max: accountsMax });
  }

  /**
   * True if the account was not logged within the period before or after `now`; `now` then begins
   * its next period. The clock may jump in either direction. O(1).
   */
  isDue(accountId: string, now: number): boolean {
    const toldAt = this.toldAt.get(accountId);
    if (toldAt !== undefined && Math.abs(now - toldAt) < this.periodMs) return false;
    this.toldAt.set(accountId, now);
    return true;
  }
}
