import { backoff, jittered, retry } from '../retry';
import type { ImportItem, ImportRow } from './read-import';
import { rowsPerCall, type SendRows, type SentRow, ServerAway } from './send-rows';

const pauseMsMin = 100;
const pauseMsMax = 5_000;

interface LaneOptions {
  readonly send: SendRows;
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  /** Called before a retry. */
  readonly onAway?: (error: ServerAway) => void;
  readonly settle: (items: readonly ImportItem[], results: readonly SentRow[]) => void;
}

/** Returns the lane for the rows of an account. */
export function laneOf(accountId: string, lanes: number): number {
  let hash = 0;
  for (let at = 0; at < accountId.length; at += 1) {
    hash = (Math.imul(hash, 31) + accountId.charCodeAt(at)) >>> 0;
  }
  return hash % lanes;
}

/** Sends rows in order, one call after the other. */
export class SendingLane {
  private queue: ImportItem[] = [];
  /** The call in flight, or the last one. */
  private call: Promise<void> = Promise.resolve();

  constructor(private readonly options: LaneOptions) {}

  push(item: ImportItem): void {
    this.queue.push(item);
  }

  /** Sends the queued rows that fill whole calls. Resolves when the last of these is in flight. */
  async sendFull(): Promise<void> {
    while (this.queue.length >= rowsPerCall) await this.sendNext();
  }

  /** Sends all queued rows. Resolves when the last call is in flight. */
  async sendRest(): Promise<void> {
    while (this.queue.length > 0) await this.sendNext();
  }

  /** Resolves when no call is in flight. Rejects if the last one failed. */
  async idle(): Promise<void> {
    await this.call;
  }

  private async sendNext(): Promise<void> {
    await this.call;
    if (this.options.signal.aborted) {
      this.queue = [];
      return;
    }
    const items = this.queue.splice(0, rowsPerCall);
    this.call = this.send(items);
    // The next wait for the call receives its error; until then the rejection is not unhandled.
    this.call.catch(() => {});
  }

  private async send(items: readonly ImportItem[]): Promise<void> {
    const rows = items.flatMap((item) => (item.kind === 'row' ? item.input : []));
    const results = rows.length === 0 ? [] : await this.sendWithRetries(rows);
    if (results !== null) this.options.settle(items, results);
  }

  /** Returns null if the import was aborted before a response arrived. */
  private sendWithRetries(rows: readonly ImportRow['input'][]): Promise<readonly SentRow[] | null> {
    const { onAway, patienceMs, signal } = this.options;
    return retry(() => this.sendUnlessAborted(rows), {
      isRetryable: (error) => error instanceof ServerAway,
      // Jitter, so that the lanes do not retry at the same time.
      pauseMs: jittered(backoff(pauseMsMin, pauseMsMax)),
      totalMsMax: patienceMs,
      onRetry: (error) => onAway?.(error as ServerAway),
      signal,
    });
  }

  private async sendUnlessAborted(
    rows: readonly ImportRow['input'][],
  ): Promise<readonly SentRow[] | null> {
    const { send, signal } = this.options;
    if (signal.aborted) return null;
    try {
      return await send(rows);
    } catch (error) {
      if (error instanceof ServerAway && signal.aborted) return null;
      throw error;
    }
  }
}
