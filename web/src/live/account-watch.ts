import { type ApolloClient, CombinedGraphQLErrors } from '@apollo/client';
import type { Client } from 'graphql-ws';
import type { TopLevelErrorCode } from '../../../src/error-codes';
import { WatchAccountDocument } from '../generated/operations';

/** `away` after some attempts in vain; whatever the phase, it goes on trying. */
export type LivePhase = 'connecting' | 'live' | 'reconnecting' | 'away';

export interface AccountWatchOptions {
  readonly client: ApolloClient;
  /** What the client's subscriptions travel on. */
  readonly socket: Client;
  readonly isSocketOpen: () => boolean;
  readonly accountId: string;
  /** The last sequence that is on the screen; what comes after it is told. */
  readonly after: number;
  /** The last sequence of the account, asked of the server. */
  readonly readSequence: () => Promise<number>;
  readonly onChange: () => void;
  readonly onPhase: (phase: LivePhase) => void;
}

const pausesMs = [200, 400, 800, 1_600, 3_000, 5_000];
/** So many attempts in vain are a hiccup. */
const hiccup = 2;
/** What held so long was no attempt in vain. */
const steadyMs = 5_000;

/**
 * Watches an account for as long as the page is open: when the connection ends it is made again,
 * from the last change that was seen, so that none is missed.
 */
export class AccountWatch {
  /** Null where it has to be asked for. */
  private after: number | null;
  private failures = 0;
  private connectedAt = 0;
  private phase: LivePhase = 'connecting';
  private isStopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private subscription: { unsubscribe(): void } | undefined;
  private readonly unlisten: () => void;

  constructor(private readonly options: AccountWatchOptions) {
    this.after = options.after;
    this.unlisten = options.socket.on('connected', () => this.connected());
    void this.begin();
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
    void this.begin();
  };

  private async begin(): Promise<void> {
    this.timer = undefined;
    const isPlaceLost = this.after === null;
    try {
      this.after ??= await this.options.readSequence();
    } catch (error) {
      return this.ended(error);
    }
    if (this.isStopped) return;
    this.subscribe(this.after);
    // What was accepted since the screen was last read, up to this place, is not told.
    if (isPlaceLost) this.options.onChange();
    if (this.options.isSocketOpen()) this.connected();
  }

  private subscribe(after: number): void {
    const { client, accountId } = this.options;
    const variables = { accountId, after };
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
    // In a pause, or while the place is asked for, nothing is heard yet.
    if (this.subscription === undefined) return;
    this.connectedAt = performance.now();
    this.enter('live');
  }

  private changed(sequence: number): void {
    this.failures = 0;
    this.enter('live');
    this.after = sequence;
    this.options.onChange();
  }

  private ended(error: unknown): void {
    if (this.isStopped || this.timer !== undefined) return;
    this.subscription?.unsubscribe();
    this.subscription = undefined;
    if (isOtherHistory(error)) this.forget();
    const isSteady = this.phase === 'live' && performance.now() - this.connectedAt > steadyMs;
    this.failures = isSteady ? 1 : this.failures + 1;
    this.enter(this.failures > hiccup ? 'away' : 'reconnecting');
    const pauseMs = pausesMs[Math.min(this.failures, pausesMs.length) - 1]!;
    // Not all who were cut off at once come back at once.
    this.timer = setTimeout(() => void this.begin(), pauseMs * (0.75 + Math.random() / 2));
  }

  private forget(): void {
    this.after = null;
    this.options.onChange();
  }

  private enter(phase: LivePhase): void {
    if (phase === this.phase) return;
    this.phase = phase;
    this.options.onPhase(phase);
  }
}

/**
 * True if the store has another history than the one that was seen, as after a restored backup.
 * After any other refusal it would not help to read the account again.
 */
function isOtherHistory(error: unknown): boolean {
  if (!CombinedGraphQLErrors.is(error)) return false;
  const code: TopLevelErrorCode = 'HISTORY_CHANGED';
  return error.errors.some(({ extensions }) => extensions?.code === code);
}
