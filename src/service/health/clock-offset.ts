import type { Logger } from '../../telemetry/logger';

/**
 * A jump of the offset past this many milliseconds makes the clock unusable: the clocks of servers
 * may differ by as much.
 */
export const jumpMsMax = 2_000;
/** A measurement that takes longer is not exact enough. */
const roundTripMsMax = 2_000;
const periodMs = 10_000;
/** Time to the next measurement while there is no offset. */
const retryMs = 250;

interface ClockOffsetOptions {
  /** The clock of the store, in milliseconds since 1970 UTC. */
  readonly measure: () => Promise<number>;
  /** The clock of this process. */
  readonly local: () => number;
  /** Milliseconds of a clock that never jumps. */
  readonly monotonic: () => number;
  readonly logger: Logger;
}

interface Measured {
  readonly offset: number;
  /** Both clocks when it was measured: they must advance alike since. */
  readonly local: number;
  readonly monotonic: number;
}

/**
 * The clock of the store, read without a round trip: the local clock plus an offset, which is
 * measured at the start and every 10 s. After a jump of the offset there is none until it is
 * measured again.
 */
export class ClockOffset {
  private measured: Measured | null = null;
  /** The offset after a jump, which the next measurement has to confirm. */
  private jumpedTo: number | null = null;
  private timer: NodeJS.Timeout | null = null;
  private isClosed = false;
  private begun: Promise<void> | null = null;

  constructor(private readonly options: ClockOffsetOptions) {}

  /** Resolves when the first measurement has ended, whether or not it succeeded. */
  begin(): Promise<void> {
    this.begun ??= this.measureAndSchedule();
    return this.begun;
  }

  /** Returns the time of the store; null while no offset is known. */
  read(): number | null {
    const { measured } = this;
    if (measured === null) return null;
    const { local, monotonic } = this.options;
    const now = local();
    const drift = now - measured.local - (monotonic() - measured.monotonic);
    if (Math.abs(drift) <= jumpMsMax) return Math.round(now + measured.offset);
    this.jump(drift, null);
    this.schedule(0);
    return null;
  }

  close(): void {
    this.isClosed = true;
    if (this.timer !== null) clearTimeout(this.timer);
  }

  /** Measures once. Keeps what is known if the store does not respond, or not fast enough. */
  async measure(): Promise<void> {
    const { measure, local, monotonic } = this.options;
    const begun = { local: local(), monotonic: monotonic() };
    let remote: number;
    try {
      remote = await measure();
    } catch {
      return;
    }
    const roundTrip = monotonic() - begun.monotonic;
    const isJumping = Math.abs(local() - begun.local - roundTrip) > jumpMsMax;
    if (roundTrip > roundTripMsMax || isJumping || !Number.isFinite(remote)) return;
    this.note({ ...begun, offset: remote - (begun.local + roundTrip / 2) });
  }

  private note(next: Measured): void {
    const known = this.measured?.offset ?? this.jumpedTo;
    const jump = known === null ? 0 : next.offset - known;
    if (Math.abs(jump) > jumpMsMax) {
      this.jump(jump, next.offset);
      return;
    }
    if (this.jumpedTo !== null)
      this.options.logger.info({}, 'The clock agrees with the store again');
    this.jumpedTo = null;
    this.measured = next;
  }

  private jump(jumpMs: number, jumpedTo: number | null): void {
    this.measured = null;
    this.jumpedTo = jumpedTo;
    this.options.logger.error(
      { jumpMs: Math.round(jumpMs) },
      'The clock jumped: no change is accepted until it was compared with the store again',
    );
  }

  private async measureAndSchedule(): Promise<void> {
    await this.measure();
    this.schedule(this.measured === null ? retryMs : periodMs);
  }

  private schedule(delayMs: number): void {
    if (this.isClosed) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.measureAndSchedule(), delayMs).unref();
  }
}
