/**
 * What an account in memory knows of other processes that append to it. It decides whether the
 * journal is read before a batch, and whether the account is served alone.
 */
export class Contention {
  private lostRaces = 0;
  private quietReads = 0;

  /** True if nobody else was seen to append for that many reads in a row. */
  isQuiet(quietReadsMin: number): boolean {
    return this.quietReads >= quietReadsMin;
  }

  /** True if appends lost that many races in a row. */
  isLosing(lostRacesMax: number): boolean {
    return this.lostRaces >= lostRacesMax;
  }

  /** A catch-up read found entries of other processes, or none. */
  noteRead(foundOthers: boolean): void {
    this.quietReads = foundOthers ? 0 : this.quietReads + 1;
  }

  /**
   * An append lost the race to another process.
   * @param wasCaughtUp false if the account was decided on without a read; such a loss says only
   *   that the read was needed.
   */
  noteLostRace(wasCaughtUp: boolean): void {
    this.quietReads = 0;
    if (wasCaughtUp) this.lostRaces += 1;
  }

  /** Appends meet nobody any more: batches serve the account again. */
  endLosing(): void {
    this.lostRaces = 0;
  }

  /** Has the journal read before the account is decided on again. */
  requireRead(quietReadsMin: number): void {
    this.quietReads = Math.min(this.quietReads, quietReadsMin - 1);
  }
}
