import type { Logger } from '../../telemetry/logger';

/** The most by which the clock and the monotonic clock may drift apart between two runs. */
const driftMsMax = 60_000;

interface ClockGuardOptions {
  /** The clock by which entries are recorded; null while it is unusable. */
  readonly now: () => number | null;
  /** Milliseconds of a clock that never jumps. */
  readonly monotonic: () => number;
  readonly logger: Logger;
}

/**
 * Keeps the sweep from recording anything while the clock is wrong, because what is recorded as
 * expired is expired for good. It does not stop commands, which have their own time.
 */
export class ClockGuard {
  private base: { readonly now: number; readonly monotonic: number } | null = null;
  private isReported = false;

  constructor(private readonly options: ClockGuardOptions) {}

  /** Returns false while the clock is unusable, or has jumped since the last run. */
  allows(): boolean {
    const now = this.options.now();
    if (now === null) return false;
    const monotonic = this.options.monotonic();
    this.base ??= { now, monotonic };
    const driftMs = now - this.base.now - (monotonic - this.base.monotonic);
    const isRight = Math.abs(driftMs) <= driftMsMax;
    if (!isRight && !this.isReported) this.report(driftMs);
    return isRight;
  }

  /** Begins a run: the clock is compared from here on, if it is right. */
  begin(): boolean {
    if (!this.allows()) return false;
    this.accept();
    return true;
  }

  /** Accepts the clock as it is now. */
  accept(): void {
    this.base = null;
    this.isReported = false;
    this.allows();
  }

  private report(driftMs: number): void {
    this.isReported = true;
    this.options.logger.error(
      { driftMs: Math.round(driftMs) },
      'The clock jumped: what is due is not recorded by itself until the server is restarted, or ' +
        'until `points sweep --accept-clock` says that the clock is right',
    );
  }
}
