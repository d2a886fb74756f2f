/** How far the cached state of an account can be trusted. */
export type Memory =
  /** Needs a catch-up read. */
  | { readonly kind: 'stale' }
  /** Needs no read in a store that nobody else writes. */
  | { readonly kind: 'current' }
  /** An entry did not follow from the account: its state must not be used. */
  | { readonly kind: 'broken'; readonly error: Error };

/** An account is free for batches, or one task occupies it until the task ends. */
export type Phase =
  | Memory
  | {
      readonly kind: 'occupied';
      readonly by: Occupation;
      readonly done: Promise<void>;
      readonly memory: Memory;
    };

/** `turn` is the only one whose length depends on other processes. */
export type Occupation = 'load' | 'snapshot' | 'turn' | 'lapse' | 'preview';
