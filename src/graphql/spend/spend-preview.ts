import type { GraphQLResolveInfo } from 'graphql';
import { Field, Info, ObjectType } from 'type-graphql';
import type { PayerPoints } from '../../ledger/entry';
import type { SpendPreview as LedgerPreview } from '../../ledger/preview';
import { Budget } from '../budget';
import { Allocation } from '../entry/allocation';
import { Deduction } from '../entry/deduction';
import { SpentLots } from '../entry/spent-lots';
import type { ResponseBudget } from '../response-budget';
import { presentRefusal } from '../user-error/present-refusal';
import { UserError } from '../user-error/user-error';

@ObjectType({ simpleResolvers: true, description: 'What a spend would take now.' })
export class SpendPreview {
  readonly #lots: SpentLots;

  @Field(() => [Deduction], {
    description: 'One row per payer, negative, in the order in which the payers are first touched.',
  })
  deductions(
    @Budget() budget: ResponseBudget,
    @Info() info: GraphQLResolveInfo,
  ): readonly PayerPoints[] {
    return this.#lots.deductions(budget, info);
  }

  @Field(() => [Allocation], { description: 'Which transactions would pay, oldest first.' })
  allocations(@Budget() budget: ResponseBudget, @Info() info: GraphQLResolveInfo): Allocation[] {
    return this.#lots.allocations(budget, info);
  }

  @Field(() => [UserError], {
    description:
      'The errors that spendPoints would return now; deductions and allocations are then empty.',
  })
  readonly errors: readonly UserError[];

  constructor(lots: SpentLots, errors: readonly UserError[]) {
    this.#lots = lots;
    this.errors = errors;
  }
}

export function presentPreview(accountId: string, preview: LedgerPreview): SpendPreview {
  if (preview.kind === 'refused') {
    return new SpendPreview(new SpentLots(accountId, []), [presentRefusal(preview.refusal)]);
  }
  return new SpendPreview(new SpentLots(accountId, preview.allocations), []);
}
