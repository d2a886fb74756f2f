/** The clock of a store that several processes use. */
export interface StoreClock {
  /**
   * Returns the time of the store's own clock, in milliseconds since 1970 UTC, which all processes
   * share. Missing if the store has no clock of its own. One round trip.
   */
  now?(): Promise<number>;

  /**
   * Tells the processes that use the store that their clocks are right, although they jumped: the
   * sweep resumes. Missing if no other process can use the store at the same time.
   */
  acceptClock?(): Promise<void>;

  /** Returns how often `acceptClock` was called. Missing with it. */
  clockAcceptances?(): Promise<number>;
}
