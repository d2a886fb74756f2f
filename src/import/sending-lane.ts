import { backoff, jittered, retry } from '../retry';
import type { ImportItem, ImportRow } from './read-import';
import { rowsPerCall, type SendRows, type SentRow, ServerAway } from './send-rows';
import { WaitingItems } from './waiting-items';

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

/** Sends rows, one call after the other; those of one account are sent in order. */
export class SendingLane {
  private readonly waiting = new WaitingItems();
  /** The call in flight, or the last one. */
  private call: Promise<void> = Promise.resolve();

  constructor(private readonly options: LaneOptions) {}

  /** @param bucket of the account, or of the row before a refused row; null if there is none. */
  push(item: ImportItem, bucket: number | null): void {
    this.waiting.push(item, bucket);
  }

  /** Sends rows until fewer wait than fill a call. Resolves when the last of these is in flight. */
  async sendFull(): Promise<void> {
    while (this.waiting.count >= rowsPerCall) await this.sendNext();
  }

  /** Sends all waiting rows. Resolves when the last call is in flight. */
  async sendRest(): Promise<void> {
    while (this.waiting.count > 0) await this.sendNext();
  }

  /** Resolves when no call is in flight. Rejects if the last one failed. */
  async idle(): Promise<void> {
    await this.call;
  }

  private async sendNext(): Promise<void> {
    await this.call;
    if (this.options.signal.aborted) {
      this.waiting.clear();
      return;
    }
    const items = this.waiting.take();
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
