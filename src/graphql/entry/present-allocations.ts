import type { GraphQLResolveInfo } from 'graphql';
import type { Allocation as LedgerAllocation } from '../../ledger/entry';
import type { ExpiryRow } from '../../ledger/lapse-entry';
import type { ResponseBudget } from '../response-budget';
import { Allocation } from './allocation';
import { LotLapse } from './lot-lapse';

interface Allocated {
  readonly accountId: string;
  readonly allocations: readonly LedgerAllocation[];
}

/** Presents the lots of an entry, and charges them to the response. */
export function presentAllocations(
  { accountId, allocations }: Allocated,
  budget: ResponseBudget,
  info: GraphQLResolveInfo,
): Allocation[] {
  budget.charge(allocations.length, info);
  return allocations.map((allocation) => new Allocation(accountId, allocation));
}

/** Presents what was gone at once of the points that an entry gave back. */
export function presentLapses(
  { accountId, lapses }: { readonly accountId: string; readonly lapses: readonly ExpiryRow[] },
  budget: ResponseBudget,
  info: GraphQLResolveInfo,
): LotLapse[] {
  budget.charge(lapses.length, info);
  return lapses.map((row, position) => new LotLapse(accountId, row, position));
}

export function sumOfExpired(lapses: readonly ExpiryRow[]): number {
  return lapses.reduce((sum, { expired }) => sum + expired, 0);
}
