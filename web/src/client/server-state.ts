import { retry } from '../../../src/retry';
import { Store } from '../store/store';
import { InterruptiblePause } from './interruptible-pause';

const probeUrl = '/readyz';
const probeEveryMs = 2_000;

/**
 * Holds whether the server is reachable, as the last request showed. While it is unreachable,
 * `/readyz` is polled every two seconds.
 */
class ServerState {
  readonly store = new Store<'reachable' | 'unreachable'>('reachable');
  private readonly pause = new InterruptiblePause();
  private readonly returnListeners = new Set<() => void>();

  /**
   * Subscribes to the moments at which the server is reachable again. Returns the function that
   * ends the subscription.
   */
  readonly onReturn = (listener: () => void): (() => void) => {
    this.returnListeners.add(listener);
    return () => this.returnListeners.delete(listener);
  };

  /** Notes that a request got a response. */
  responded(): void {
    if (this.store.state === 'reachable') return;
    this.store.set('reachable');
    this.pause.end();
    for (const listener of this.returnListeners) listener();
  }

  /** Notes that a request got no response, and begins to poll. */
  failed(): void {
    if (this.store.state === 'unreachable') return;
    this.store.set('unreachable');
    void this.poll();
  }

  /** Polls now instead of at the end of the pause. */
  readonly probeNow = (): void => this.pause.end();

  private async poll(): Promise<void> {
    await this.pause.wait(probeEveryMs);
    await retry(() => this.probe(), {
      isRetryable: () => this.store.state === 'unreachable',
      pauseMs: () => probeEveryMs,
      wait: this.pause.wait,
    }).catch(() => {});
  }

  private async probe(): Promise<void> {
    if (this.store.state === 'reachable') return;
    const { ok, status } = await fetch(probeUrl, { cache: 'no-store' });
    if (!ok) throw new Error(`${probeUrl} returned ${status}.`);
    this.responded();
  }
}

export const serverState = new ServerState();
