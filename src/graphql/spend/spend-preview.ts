import { Field, ObjectType } from 'type-graphql';
import { deductionsOf } from '../../ledger/entry';
import type { SpendPreview as LedgerPreview } from '../../ledger/preview';
import { Allocation } from '../entry/allocation';
import { Deduction } from '../entry/deduction';
import { presentRefusal } from '../user-error/present-refusal';
import { UserError } from '../user-error/user-error';

@ObjectType({ simpleResolvers: true, description: 'What a spend would take now.' })
export class SpendPreview {
  @Field(() => [Deduction], {
    description: 'One row per payer, negative, in the order in which the payers are first touched.',
  })
  readonly deductions!: readonly Deduction[];

  @Field(() => [Allocation], { description: 'Which transactions would pay, oldest first.' })
  readonly allocations!: readonly Allocation[];

  @Field(() => [UserError], {
    description: 'What spendPoints would answer now; deductions and allocations are then empty.',
  })
  readonly errors!: readonly UserError[];
}

export function presentPreview(accountId: string, preview: LedgerPreview): SpendPreview {
  if (preview.kind === 'refused') {
    return { deductions: [], allocations: [], errors: [presentRefusal(preview.refusal)] };
  }
  return {
    deductions: deductionsOf(preview.allocations),
    allocations: preview.allocations.map((allocation) => new Allocation(accountId, allocation)),
    errors: [],
  };
}
