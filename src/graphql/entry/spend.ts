import { Field, ObjectType } from 'type-graphql';
import { deductionsOf, type SpendEntry } from '../../ledger/entry';
import { Points } from '../scalars/points';
import { Allocation } from './allocation';
import { Deduction } from './deduction';
import { Entry } from './entry';

@ObjectType({
  implements: Entry,
  simpleResolvers: true,
  description: 'Points that were spent, the oldest first, and who paid them.',
})
export class Spend extends Entry {
  @Field(() => Points, { description: 'What was asked: a positive number.' })
  readonly points: number;

  readonly #entry: SpendEntry;

  constructor(entry: SpendEntry) {
    super(entry);
    this.#entry = entry;
    this.points = entry.points;
  }

  @Field(() => [Deduction], {
    description:
      'One row per payer, negative, in the order in which the payers were first touched.',
  })
  get deductions(): Deduction[] {
    return deductionsOf(this.#entry.allocations);
  }

  @Field(() => [Allocation], { description: 'Which transactions paid, oldest first.' })
  get allocations(): Allocation[] {
    const { accountId, allocations } = this.#entry;
    return allocations.map((allocation) => new Allocation(accountId, allocation));
  }
}
