import { Account } from './account';
import { decide } from './decide';
import type { Allocation } from './entry';
import { invariant } from './invariant';
import type { Refusal } from './refusal';

export type SpendPreview =
  | { readonly kind: 'accepted'; readonly allocations: readonly Allocation[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * What a spend of so many points would take from the account now; null is an unknown account. Costs
 * what deciding costs.
 */
export function previewSpend(
  accountId: string,
  account: Account | null,
  points: number,
): SpendPreview {
  const decision = decide(
    account ?? new Account(accountId),
    { kind: 'spendPoints', points, reference: null, idempotencyKey: null },
    { now: 0, id: '', keyed: null },
  );
  if (decision.kind === 'refused') return decision;
  invariant(decision.entry.kind === 'spend', 'a spend is decided as a spend');
  return { kind: 'accepted', allocations: decision.entry.allocations };
}
