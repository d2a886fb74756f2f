import type { Decision } from '../../src/ledger/decide';
import type { Entry } from '../../src/ledger/entry';
import type { Refusal, RefusalCode } from '../../src/ledger/refusal';

/** A refusal's code and the figures behind it, without its words. */
export interface NaiveRefusal {
  readonly code: RefusalCode;
  readonly payer?: string;
  readonly requested?: number;
  readonly available?: number;
}

export type NaiveDecision =
  | { readonly kind: 'accepted'; readonly entry: Entry }
  | { readonly kind: 'replayed'; readonly entry: Entry }
  | { readonly kind: 'refused'; readonly refusal: NaiveRefusal };

/** What a refusal of the rules says beside its message and its field. */
export function figuresOf({ message: _message, field: _field, ...rest }: Refusal): NaiveRefusal {
  return rest;
}

/** An answer of the rules in the terms of the model. */
export function withoutWords(decision: Decision): NaiveDecision {
  if (decision.kind !== 'refused') return decision;
  return { kind: 'refused', refusal: figuresOf(decision.refusal) };
}
