import type { GraphQLResolveInfo } from 'graphql';
import {
  deductionsOf,
  type Allocation as LedgerAllocation,
  type PayerPoints,
} from '../../ledger/entry';
import type { ResponseBudget } from '../response-budget';
import { Allocation } from './allocation';

/** The lists of a spend, made or previewed. */
export class SpentLots {
  #deductions: readonly PayerPoints[] | null = null;

  constructor(
    private readonly accountId: string,
    private readonly spent: readonly LedgerAllocation[],
  ) {}

  /** Sums the allocations by payer, once for all aliases: there may be a million lots. */
  deductions(budget: ResponseBudget, info: GraphQLResolveInfo): readonly PayerPoints[] {
    this.#deductions ??= deductionsOf(this.spent);
    budget.charge(this.#deductions.length, info);
    return this.#deductions;
  }

  allocations(budget: ResponseBudget, info: GraphQLResolveInfo): Allocation[] {
    budget.charge(this.spent.length, info);
    return this.spent.map((allocation) => new Allocation(this.accountId, allocation));
  }
}
