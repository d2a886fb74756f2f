/**
 * The pause between two attempts of a `retry`; it can be cut short, as when the network is back.
 */
export class InterruptiblePause {
  private endCurrent = () => {};

  /** Resolves after the time, or when `end` is called. */
  readonly wait = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.endCurrent = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** Ends the current pause; does nothing if there is none. */
  readonly end = (): void => this.endCurrent();
}
