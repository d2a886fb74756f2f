import type { ImportItem, ImportRow } from './read-import';
import { rowsPerCall, type SendRows, type SentRow, ServerAway } from './send-rows';

const firstPauseMs = 100;
const longestPauseMs = 5_000;

export interface LaneOptions {
  readonly send: SendRows;
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  readonly onAway?: (error: ServerAway) => void;
  readonly settle: (items: readonly ImportItem[], results: readonly SentRow[]) => void;
}

/** The lane that all rows of an account go through. */
export function laneOf(accountId: string, lanes: number): number {
  let hash = 0;
  for (let at = 0; at < accountId.length; at += 1) {
    hash = (Math.imul(hash, 31) + accountId.charCodeAt(at)) >>> 0;
  }
  return hash % lanes;
}

/** Rows that are sent in their order, one call after the other. */
export class SendingLane {
  private waiting: ImportItem[] = [];
  private call: Promise<void> = Promise.resolve();

  constructor(private readonly options: LaneOptions) {}

  push(item: ImportItem): void {
    this.waiting.push(item);
  }

  /** Sends what fills whole calls; resolves when the last of them is under way. */
  async sendFull(): Promise<void> {
    while (this.waiting.length >= rowsPerCall) await this.sendNext();
  }

  /** Sends all that waits; resolves when the last call is under way. */
  async sendRest(): Promise<void> {
    while (this.waiting.length > 0) await this.sendNext();
  }

  /** Resolves when the call under way is answered; rejects if it failed. */
  async idle(): Promise<void> {
    await this.call;
  }

  private async sendNext(): Promise<void> {
    await this.call;
    if (this.options.signal.aborted) {
      this.waiting = [];
      return;
    }
    const items = this.waiting.splice(0, rowsPerCall);
    this.call = this.send(items);
    // Whoever waits for the call next hears of it; until then it is not unhandled.
    this.call.catch(() => {});
  }

  private async send(items: readonly ImportItem[]): Promise<void> {
    const rows = items.flatMap((item) => (item.kind === 'row' ? item.input : []));
    const results = rows.length === 0 ? [] : await this.sendUntilAnswered(rows);
    if (results !== null) this.options.settle(items, results);
  }

  /** Null if the import was ended before there was an answer. */
  private async sendUntilAnswered(
    rows: readonly ImportRow['input'][],
  ): Promise<readonly SentRow[] | null> {
    const { send, onAway, patienceMs, signal } = this.options;
    const until = performance.now() + patienceMs;
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      try {
        return await send(rows);
      } catch (error) {
        if (!(error instanceof ServerAway)) throw error;
        if (signal.aborted) return null;
        if (performance.now() + pauseMs > until) throw error;
        onAway?.(error);
      }
      // Not all lanes at once, and sooner where the import is ended.
      await pause(pauseMs * (0.5 + Math.random() / 2), signal);
      if (signal.aborted) return null;
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
