import type { Command } from '../../src/ledger/command';
import type { NaiveRefusal } from '../model/naive-decision';
import type { ToldAccount, ToldEntry, ToldPreview } from './told';

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
  | { readonly kind: 'accepted'; readonly entry: ToldEntry; readonly replayed: boolean }
  | { readonly kind: 'refused'; readonly refusal: NaiveRefusal }
  /** The answer was that nothing was changed, or nobody listened. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'unknown' };

/** Something about an account that a client was told, and that was true at one of its sequences. */
export interface Sighting {
  readonly accountId: string;
  readonly sentAt: number;
  readonly answeredAt: number;
  /** A sequence that it must include: that of the change which it was told beside. */
  readonly atLeast: number;
  /** The last sequence that it may include: a later one of its call was decided after it. */
  readonly atMost: number;
  readonly seen: Seen;
}

export type Seen =
  | {
      readonly kind: 'account';
      readonly account: ToldAccount | null;
      readonly refused: Refused | null;
    }
  | { readonly kind: 'refusal'; readonly refused: Refused }
  | { readonly kind: 'preview'; readonly points: number; readonly preview: ToldPreview }
  /** The newest entries, the highest sequence first. */
  | { readonly kind: 'history'; readonly ids: readonly string[] }
  | { readonly kind: 'entry'; readonly id: string; readonly entry: ToldEntry | null };

/** A command and the answer that it cannot be done. */
export interface Refused {
  readonly command: Command;
  readonly refusal: NaiveRefusal;
}

/** What the clients know, to be held against the journal. */
export class Evidence {
  readonly attempts: Attempt[] = [];
  readonly sightings: Sighting[] = [];
  /** Answers that no client may get, whatever happens. */
  readonly forbidden: string[] = [];
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

  /** Notes what was seen where nothing else bounds it but the time. */
  see(accountId: string, sentAt: number, answeredAt: number, seen: Seen): void {
    this.sightings.push({
      accountId,
      sentAt,
      answeredAt,
      atLeast: 0,
      atMost: Number.MAX_SAFE_INTEGER,
      seen,
    });
  }
}
