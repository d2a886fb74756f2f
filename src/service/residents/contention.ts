/**
 * What the server knows of other processes that append to a cached account. It decides whether the
 * journal is read before a batch, and whether the account is served alone.
 */
export class Contention {
  private lostRaces = 0;
  private quietReads = 0;

  /** True if that many reads in a row found no entry of another process. */
  isQuiet(quietReadsMin: number): boolean {
    return this.quietReads >= quietReadsMin;
  }

  /** True if appends lost that many races in a row. */
  isLosing(lostRacesMax: number): boolean {
    return this.lostRaces >= lostRacesMax;
  }

  /** Notes whether a catch-up read found entries of other processes. */
  noteRead(foundOthers: boolean): void {
    this.quietReads = foundOthers ? 0 : this.quietReads + 1;
  }

  /**
   * Notes that an append lost the race to another process.
   * @param wasCaughtUp false if the account was decided on without a read; such a loss says only
   *   that the read was needed.
   */
  noteLostRace(wasCaughtUp: boolean): void {
    this.quietReads = 0;
    if (wasCaughtUp) this.lostRaces += 1;
  }

  /** Notes that appends lose no race any more: batches serve the account again. */
  endLosing(): void {
    this.lostRaces = 0;
  }

  /** Makes the next batch read the journal before the account is decided on. */
  requireRead(quietReadsMin: number): void {
    this.quietReads = Math.min(this.quietReads, quietReadsMin - 1);
  }
}
