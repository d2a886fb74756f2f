/** What a component can subscribe to, see `useStore`. */
export interface ReadableStore<State> {
  readonly state: State;
  readonly subscribe: (listener: () => void) => () => void;
}

/** State outside of React, replaced as a whole. Subscribers are notified synchronously. */
export class Store<State> implements ReadableStore<State> {
  private current: State;
  private readonly listeners = new Set<() => void>();

  constructor(initial: State) {
    this.current = initial;
  }

  get state(): State {
    return this.current;
  }

  set(state: State): void {
    this.current = state;
    for (const listener of this.listeners) listener();
  }

  /** Replaces some members of the state. */
  update(part: Partial<State>): void {
    this.set({ ...this.current, ...part });
  }

  /** Returns the function that ends the subscription. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
