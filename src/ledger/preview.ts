import { Account } from './account';
import type { SpendPoints } from './command';
import { decide } from './decide';
import type { Allocation } from './entry';
import { invariant } from './invariant';
import type { Refusal } from './refusal';

export type SpendPreview =
  | { readonly kind: 'accepted'; readonly allocations: readonly Allocation[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Returns what a spend, or a hold, of these points would take from the account now. Null is an
 * account without entries. Costs as much as deciding the spend.
 */
export function previewSpend(
  accountId: string,
  account: Account | null,
  points: number,
  choices: Pick<SpendPoints, 'payers' | 'upTo'> = {},
): SpendPreview {
  const decision = decide(
    account ?? new Account(accountId),
    { kind: 'spendPoints', points, ...choices, reference: null, idempotencyKey: null },
    { now: 0, id: '', keyed: null },
  );
  if (decision.kind === 'refused') return decision;
  invariant(decision.entry.kind === 'spend', 'a spend is decided as a spend');
  return { kind: 'accepted', allocations: decision.entry.allocations };
}
