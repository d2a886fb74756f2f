export type ServerPhase = 'answering' | 'away';

const probe = '/readyz';
const probeEveryMs = 2_000;

/**
 * Whether the server answers, as seen by whatever was asked last. While it does not, it is asked
 * every two seconds whether it is ready again; those who wait for that are told once.
 */
export class ServerState {
  private phase: ServerPhase = 'answering';
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly waiting = new Set<() => void>();

  readonly now = (): ServerPhase => this.phase;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Calls back each time the server answers again after it was away. */
  readonly onReturn = (listener: () => void): (() => void) => {
    this.waiting.add(listener);
    return () => this.waiting.delete(listener);
  };

  answered(): void {
    clearTimeout(this.timer);
    if (this.phase === 'answering') return;
    this.enter('answering');
    for (const listener of this.waiting) listener();
  }

  silent(): void {
    if (this.phase === 'away') return;
    this.enter('away');
    this.probeLater();
  }

  /** Asks now, rather than after the pause. */
  readonly probe = async (): Promise<void> => {
    clearTimeout(this.timer);
    const isReady = await fetch(probe, { cache: 'no-store' }).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) this.answered();
    else this.probeLater();
  };

  private probeLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.probe(), probeEveryMs);
  }

  private enter(phase: ServerPhase): void {
    this.phase = phase;
    for (const listener of this.listeners) listener();
  }
}

export const serverState = new ServerState();
