import { instantMax } from '../../ledger/instant';
import type { Logger } from '../../telemetry/logger';
import { type ClockOffset, jumpMsMax } from './clock-offset';
import { LoggedAccounts } from './logged-accounts';
import { Outage } from './outage';

/** 0001-01-01T00:00:00.000Z: calendars of other programs begin here. */
const clockMin = -62_135_596_800_000;
const behindPeriodMs = 60 * 60 * 1_000;
const behindAccountsMax = 10_000;

/**
 * The clock by which entries are recorded: that of the store if it has one, otherwise that of this
 * process. It is usable from the year 0001 to 9999, which is what RFC 3339 can express, and while
 * its offset is known; outside, no entry is accepted. It logs when it becomes unusable and usable
 * again, and when it is behind an account's last entry by more than clocks of servers may differ.
 */
export class LedgerClock {
  private readonly outage = new Outage();
  private readonly logged = new LoggedAccounts(behindPeriodMs, behindAccountsMax);
  private last: { readonly time: number; readonly monotonic: number } | null = null;

  /**
   * @param now milliseconds since 1970 UTC.
   * @param offset of the store's clock; null if the store has none.
   */
  constructor(
    private readonly now: () => number,
    private readonly logger: Logger,
    private readonly offset: ClockOffset | null = null,
  ) {}

  get isUsable(): boolean {
    return isUsable(this.current());
  }

  /** Resolves when the clock was compared with that of the store, if that is possible. */
  async begin(): Promise<void> {
    await this.offset?.begin();
  }

  /** Milliseconds since 1970 UTC; null while the clock is unusable. */
  read(): number | null {
    const now = this.current();
    if (now === null) return null;
    if (!isUsable(now)) {
      if (this.outage.fail(performance.now())) {
        this.logger.error({ clock: clockText(now) }, 'The clock is wrong: no change is accepted');
      }
      return null;
    }
    const ended = this.outage.end(performance.now());
    if (ended !== null) {
      const { durationMs } = ended;
      this.logger.info({ clock: clockText(now), durationMs }, 'The clock is usable again');
    }
    this.last = { time: now, monotonic: performance.now() };
    return now;
  }

  /**
   * Returns the time at which accounts are shown while `read` returns null: what it returned last,
   * and the time that has passed since. Null if it never returned any.
   */
  estimate(): number | null {
    if (this.last === null) return null;
    return Math.floor(this.last.time + performance.now() - this.last.monotonic);
  }

  close(): void {
    this.offset?.close();
  }

  private current(): number | null {
    return this.offset === null ? this.now() : this.offset.read();
  }

  /** Notes that an account's last entry was recorded after `now`. */
  noteBehind(accountId: string, now: number, lastRecordedAt: number): void {
    if (lastRecordedAt - now <= jumpMsMax || !this.logged.isDue(accountId, now)) return;
    this.logger.warn(
      { accountId, clock: clockText(now), lastRecordedAt: clockText(lastRecordedAt) },
      "The clock is behind the account's last entry: new entries get that entry's time",
    );
  }
}

/** Returns false for NaN too. */
function isUsable(now: number | null): boolean {
  return now !== null && now >= clockMin && now <= instantMax;
}

function clockText(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? String(milliseconds) : date.toISOString();
}
