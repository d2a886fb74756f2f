import type { Command } from '../../src/ledger/command';
import type { PayerPoints } from '../../src/ledger/entry';

/**
 * One sending of one command. Its reference is the command's own name, which every sending of it
 * carries.
 */
export interface Attempt {
  readonly accountId: string;
  readonly command: Command & { readonly reference: string };
  /** The rows of one request have one number. */
  readonly call: number;
  /** Which run of the server it was sent to. */
  readonly life: number;
  /**
   * Places in the one order of everything that the clients sent and heard; an answer never heard is
   * at infinity.
   */
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly result: Result;
}

export type Result =
  | {
      readonly kind: 'accepted';
      readonly id: string;
      readonly sequence: number;
      readonly points: number;
      readonly replayed: boolean;
    }
  /** `available` where the refusal tells it. */
  | { readonly kind: 'refused'; readonly available: number | null }
  /** The answer was that nothing was changed, or nobody listened. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'unknown' };

/**
 * Balances of an account that a client was shown; null if it was told that the account is unknown.
 */
export interface Sighting {
  readonly accountId: string;
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly balances: readonly PayerPoints[] | null;
}

/** What the clients know, to be held against the journal. */
export class Evidence {
  readonly attempts: Attempt[] = [];
  readonly sightings: Sighting[] = [];
  #moments = 0;
  #calls = 0;

  /** The next place in the order of what was sent and heard. */
  moment(): number {
    this.#moments += 1;
    return this.#moments;
  }

  call(): number {
    this.#calls += 1;
    return this.#calls;
  }
}
