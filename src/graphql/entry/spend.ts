import type { GraphQLResolveInfo } from 'graphql';
import { Field, Info, ObjectType } from 'type-graphql';
import type { PayerPoints, SpendEntry } from '../../ledger/entry';
import type { AnswerBudget } from '../answer-budget';
import { Budget } from '../budget';
import { Points } from '../scalars/points';
import { Allocation } from './allocation';
import { Deduction } from './deduction';
import { Entry } from './entry';
import { SpentLots } from './spent-lots';

@ObjectType({
  implements: Entry,
  simpleResolvers: true,
  description: 'Points that were spent, the oldest first, and who paid them.',
})
export class Spend extends Entry {
  @Field(() => Points, { description: 'What was asked: a positive number.' })
  readonly points: number;

  readonly #lots: SpentLots;

  constructor(entry: SpendEntry) {
    super(entry);
    this.#lots = new SpentLots(entry.accountId, entry.allocations);
    this.points = entry.points;
  }

  @Field(() => [Deduction], {
    description:
      'One row per payer, negative, in the order in which the payers were first touched.',
  })
  deductions(
    @Budget() budget: AnswerBudget,
    @Info() info: GraphQLResolveInfo,
  ): readonly PayerPoints[] {
    return this.#lots.deductions(budget, info);
  }

  @Field(() => [Allocation], { description: 'Which transactions paid, oldest first.' })
  allocations(@Budget() budget: AnswerBudget, @Info() info: GraphQLResolveInfo): Allocation[] {
    return this.#lots.allocations(budget, info);
  }
}
