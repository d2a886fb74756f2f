import type { Decision } from '../../src/ledger/decide';
import type { Entry } from '../../src/ledger/entry';
import type { Refusal, RefusalCode } from '../../src/ledger/refusal';

/** A refusal's code and figures, without its message. */
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

/** Returns the code and figures of a refusal of the rules. */
export function figuresOf({ message: _message, field: _field, ...rest }: Refusal): NaiveRefusal {
  return rest;
}

/** Returns a decision of the rules in the terms of the model. */
export function withoutWords(decision: Decision): NaiveDecision {
  if (decision.kind !== 'refused') return decision;
  return { kind: 'refused', refusal: figuresOf(decision.refusal) };
}
