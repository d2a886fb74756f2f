import type { ApolloClient } from '@apollo/client';
import type { Client } from 'graphql-ws';
import { jittered, retry } from '../../../src/retry';
import { hasCode } from '../client/errors';
import { InterruptiblePause } from '../client/interruptible-pause';
import { WatchAccountDocument } from '../generated/operations';

/** `offline` after some failed attempts; it keeps retrying in every phase. */
export type LivePhase = 'connecting' | 'live' | 'reconnecting' | 'offline';

export interface AccountWatchOptions {
  readonly client: ApolloClient;
  /** The connection of the client's subscriptions. */
  readonly socket: Client;
  readonly isSocketOpen: () => boolean;
  readonly accountId: string;
  /** The newest sequence on the screen; later changes are reported. */
  readonly after: number;
  /** Reads the account's newest sequence from the server. */
  readonly readSequence: () => Promise<number>;
  readonly onChange: () => void;
  readonly onPhase: (phase: LivePhase) => void;
}

const pausesMs = [200, 400, 800, 1_600, 3_000, 5_000];
/** More failures in a row than these are shown as `offline`. */
const shownAsReconnectingMax = 2;
/** A connection that lasted this long does not count as a failed attempt. */
const steadyMs = 5_000;

/**
 * Subscribes to the changes of an account while the page is open. When the connection ends, it
 * subscribes again from the last change that it received, so that none is missed.
 */
export class AccountWatch {
  /** Null if it must be read from the server first. */
  private after: number | null;
  private failures = 0;
  private connectedAt = 0;
  private phase: LivePhase = 'connecting';
  private isStopped = false;
  private readonly pause = new InterruptiblePause();
  private subscription: { unsubscribe(): void } | undefined;
  private readonly unlisten: () => void;

  constructor(private readonly options: AccountWatchOptions) {
    this.after = options.after;
    this.unlisten = options.socket.on('connected', () => this.connected());
    void this.run();
  }

  stop(): void {
    this.isStopped = true;
    this.unlisten();
    this.subscription?.unsubscribe();
    this.pause.end();
  }

  /** Ends the pause before the next attempt. */
  readonly hurry = (): void => this.pause.end();

  private async run(): Promise<void> {
    const pauseMs = () => pausesMs[Math.min(this.failures, pausesMs.length) - 1]!;
    await retry(() => this.watch(), {
      isRetryable: () => true,
      // Clients that lost their connections together do not reconnect together.
      pauseMs: jittered(pauseMs),
      wait: this.pause.wait,
    });
  }

  /** Subscribes. Rejects when the subscription ends, unless the watch was stopped. */
  private async watch(): Promise<void> {
    if (this.isStopped) return;
    try {
      const isSequenceLost = this.after === null;
      this.after ??= await this.options.readSequence();
      if (this.isStopped) return;
      const ended = this.subscribe(this.after);
      // The subscription does not report changes between the last read and this sequence.
      if (isSequenceLost) this.options.onChange();
      if (this.options.isSocketOpen()) this.connected();
      await ended;
    } catch (error) {
      if (this.isStopped) return;
      this.failed(error);
      throw error;
    } finally {
      this.subscription?.unsubscribe();
      this.subscription = undefined;
    }
  }

  /** Returns a promise that rejects when the subscription ends, and does nothing after a stop. */
  private subscribe(after: number): Promise<never> {
    const { client, accountId } = this.options;
    const variables = { accountId, after };
    return new Promise((_resolve, reject) => {
      this.subscription = client
        .subscribe({ query: WatchAccountDocument, variables, fetchPolicy: 'no-cache' })
        .subscribe({
          next: ({ data, error }) => {
            if (error) reject(error);
            else if (data) this.changed(data.accountChanged.entry.sequence);
          },
          error: reject,
          complete: () => reject(new Error('The server ended the subscription.')),
        });
    });
  }

  private connected(): void {
    // During a pause or while the sequence is read, nothing is subscribed.
    if (this.subscription === undefined || this.isStopped) return;
    this.connectedAt = performance.now();
    this.enter('live');
  }

  private changed(sequence: number): void {
    this.failures = 0;
    this.enter('live');
    this.after = sequence;
    this.options.onChange();
  }

  private failed(error: unknown): void {
    // The store has another history, such as a restored backup: the known sequence means nothing.
    if (hasCode(error, ['HISTORY_CHANGED'])) {
      this.after = null;
      this.options.onChange();
    }
    const isSteady = this.phase === 'live' && performance.now() - this.connectedAt > steadyMs;
    this.failures = isSteady ? 1 : this.failures + 1;
    this.enter(this.failures > shownAsReconnectingMax ? 'offline' : 'reconnecting');
  }

  private enter(phase: LivePhase): void {
    if (phase === this.phase) return;
    this.phase = phase;
    this.options.onPhase(phase);
  }
}
