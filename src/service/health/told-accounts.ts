/**
 * Remembers which accounts the log was told of lately, so that it is told of each once per period.
 * Beyond `accountsMax` the least recently seen accounts are forgotten, and may be told again early.
 */
export class ToldAccounts {
  private readonly toldAt = new Map<string, number>();

  constructor(
    private readonly periodMs: number,
    private readonly accountsMax: number,
  ) {}

  /**
   * True if the account was not told of within the period before or after `now`; it then counts as
   * told. The clock may jump in either direction. O(1).
   */
  isDue(accountId: string, now: number): boolean {
    const toldAt = this.toldAt.get(accountId);
    const isDue = toldAt === undefined || Math.abs(now - toldAt) >= this.periodMs;
    // A Map keeps the order of insertion: the first is the least recently seen.
    this.toldAt.delete(accountId);
    this.toldAt.set(accountId, isDue ? now : toldAt);
    if (this.toldAt.size > this.accountsMax) {
      const [oldest] = this.toldAt.keys();
      this.toldAt.delete(oldest);
    }
    return isDue;
  }
}
