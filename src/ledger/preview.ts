import type { Account } from './account';
import type { Allocation } from './entry';
import type { Refusal } from './refusal';

export type SpendPreview =
  | { readonly kind: 'accepted'; readonly allocations: readonly Allocation[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What a spend of so many points would take from the account now. Null is an unknown account. */
export function previewSpend(
  _accountId: string,
  _account: Account | null,
  _points: number,
): SpendPreview {
  throw new Error('not there yet');
}
