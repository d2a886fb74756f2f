import { type ApolloClient, CombinedGraphQLErrors } from '@apollo/client';
import type { Client } from 'graphql-ws';
import { WatchAccountDocument } from '../generated/operations';

/** `away` after some attempts in vain; whatever the phase, it goes on trying. */
export type LivePhase = 'connecting' | 'live' | 'reconnecting' | 'away';

export interface AccountWatchOptions {
  readonly client: ApolloClient;
  /** What the client's subscriptions travel on. */
  readonly socket: Client;
  readonly accountId: string;
  /** The last sequence that is on the screen; what comes after it is told. */
  readonly after: number;
  readonly onChange: () => void;
  readonly onPhase: (phase: LivePhase) => void;
}

const pausesMs = [200, 400, 800, 1_600, 3_000, 5_000];
/** So many attempts in vain are a hiccup. */
const hiccup = 2;

/**
 * Watches an account for as long as the page is open: when the connection ends it is made again,
 * from the last change that was seen, so that none is missed.
 */
export class AccountWatch {
  private after: number | null;
  private failures = 0;
  private phase: LivePhase = 'connecting';
  private isStopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private subscription: { unsubscribe(): void } | undefined;
  private readonly unlisten: () => void;

  constructor(private readonly options: AccountWatchOptions) {
    this.after = options.after;
    this.unlisten = options.socket.on('connected', () => this.connected());
    this.begin();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
    this.unlisten();
    this.subscription?.unsubscribe();
  }

  /** Does not wait for the end of a pause. */
  readonly hurry = (): void => {
    if (this.timer === undefined || this.isStopped) return;
    clearTimeout(this.timer);
    this.begin();
  };

  private begin(): void {
    this.timer = undefined;
    const { client, accountId } = this.options;
    const variables = { accountId, after: this.after };
    this.subscription = client
      .subscribe({ query: WatchAccountDocument, variables, fetchPolicy: 'no-cache' })
      .subscribe({
        next: ({ data, error }) => {
          if (error) this.ended(error);
          else if (data) this.changed(data.accountChanged.entry.sequence);
        },
        error: (error) => this.ended(error),
        complete: () => this.ended(null),
      });
  }

  private connected(): void {
    this.failures = 0;
    this.enter('live');
  }

  private changed(sequence: number): void {
    this.connected();
    this.after = sequence;
    this.options.onChange();
  }

  private ended(error: unknown): void {
    if (this.isStopped || this.timer !== undefined) return;
    this.subscription?.unsubscribe();
    if (CombinedGraphQLErrors.is(error)) this.beginAnew();
    this.failures += 1;
    this.enter(this.failures > hiccup ? 'away' : 'reconnecting');
    const pauseMs = pausesMs[Math.min(this.failures, pausesMs.length) - 1]!;
    // Not all who were cut off at once come back at once.
    this.timer = setTimeout(() => this.begin(), pauseMs * (0.75 + Math.random() / 2));
  }

  /** The store has another history than the one that was seen, as after a restored backup. */
  private beginAnew(): void {
    this.after = null;
    this.options.onChange();
  }

  private enter(phase: LivePhase): void {
    if (phase === this.phase) return;
    this.phase = phase;
    this.options.onPhase(phase);
  }
}
