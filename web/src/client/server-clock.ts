/** The `Date` header of a response is cut to whole seconds. */
const headerStepMs = 1_000;

/**
 * Estimates the server's time, by which points begin and expire: the clock of the computer that
 * shows the console may be wrong by days. While responses agree with that clock, it is used as it
 * is.
 */
export class ServerClock {
  private aheadMs = 0;

  /** @param localNow the clock of this computer, in milliseconds since 1970. */
  constructor(private readonly localNow: () => number = Date.now) {}

  /** Returns the server's time in milliseconds since 1970. */
  now(): number {
    return this.localNow() + this.aheadMs;
  }

  /** Sends a request, and notes the server's time from its response. */
  readonly fetch: typeof fetch = async (input, init) => {
    const sentAt = this.localNow();
    const response = await fetch(input, init);
    this.note(Date.parse(response.headers.get('date') ?? ''), sentAt, this.localNow());
    return response;
  };

  /**
   * Moves the estimate as little as a response requires: the server wrote its header between the
   * two local instants.
   *
   * @param date of the header; NaN if a proxy removed it.
   */
  note(date: number, sentAt: number, receivedAt: number): void {
    // The local clock was set in between.
    if (Number.isNaN(date) || receivedAt < sentAt) return;
    const least = date - receivedAt;
    const most = date + headerStepMs - sentAt;
    this.aheadMs = Math.min(Math.max(this.aheadMs, least), most);
  }
}

export const serverClock = new ServerClock();
