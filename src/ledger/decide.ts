import type { Account } from './account';
import type { Command } from './command';
import type { Entry } from './entry';
import type { Refusal } from './refusal';

export type Decision =
  | { readonly kind: 'accepted'; readonly entry: Entry }
  | { readonly kind: 'replayed'; readonly entry: Entry }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What the world hands in: the rules have neither clock nor chance. */
export interface Circumstances {
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** The id that the entry gets if the command is accepted. */
  readonly id: string;
  /** The entry of this account that carries the command's idempotency key, if there is one. */
  readonly keyed: Entry | null;
}

/** Judges a command and changes nothing. */
export function decide(_account: Account, _command: Command, _given: Circumstances): Decision {
  throw new Error('not there yet');
}
