import type { TargetCommand } from './command';
import type { Entry } from './entry';
import type { Refusal } from './refusal';
import type { Target } from './target';

export type Decision =
  | { readonly kind: 'accepted'; readonly entry: Entry }
  | { readonly kind: 'replayed'; readonly entry: Entry }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What is passed in from outside: the rules have neither clock nor randomness. */
export interface Circumstances {
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** The id that the entry gets if the command is accepted. */
  readonly id: string;
  /** The entry of this account that carries the command's idempotency key, if there is one. */
  readonly keyed: Entry | null;
  /**
   * The entry that a reversal, a capture or a release names; null or absent if the account has
   * none. It is looked up again after every conflict, as the key is: a total from before would be
   * reversed twice.
   */
  readonly target?: Target | null;
  /**
   * True if the command comes from an entry that was accepted before, by this or an older version:
   * names are then judged by the rule that holds for every entry, not by the stricter one for new
   * names.
   */
  readonly isRecorded?: boolean;
}

export function refused(refusal: Refusal): Decision {
  return { kind: 'refused', refusal };
}

/** Returns the entry that a command names; null if the account has none, or another one there. */
export function targetOf(
  { targetId }: TargetCommand,
  { target = null }: Circumstances,
): Target | null {
  return targetId === undefined || targetId === target?.entry.id ? target : null;
}
