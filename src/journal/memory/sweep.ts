import type { SweepState } from '../journal';

/** The lease of the sweep and its mark, for services in one process. */
export class MemorySweep {
  private holder: string | null = null;
  private leasedUntil = Number.NEGATIVE_INFINITY;
  private mark: number | null = null;

  lease(holder: string, forMs: number): SweepState | null {
    const now = performance.now();
    if (this.holder !== holder && this.leasedUntil > now) return null;
    this.holder = holder;
    this.leasedUntil = now + forMs;
    return { mark: this.mark };
  }

  save(holder: string, mark: number): void {
    if (this.holder === holder) this.mark = mark;
  }
}
