/** The lease of the sweep, for services in one process. */
export class SweepLease {
  private holder: string | null = null;
  private expiresAt = Number.NEGATIVE_INFINITY;

  /**
   * Acquires or renews the lease, for so many milliseconds. Returns false while another holder has
   * it.
   */
  acquire(holder: string, forMs: number): boolean {
    const now = performance.now();
    if (this.holder !== holder && this.expiresAt > now) return false;
    this.holder = holder;
    this.expiresAt = now + forMs;
    return true;
  }

  /** True if nobody else took the lease since this holder had it. */
  isHeldBy(holder: string): boolean {
    return this.holder === holder;
  }
}
