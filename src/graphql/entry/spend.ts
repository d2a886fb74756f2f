import type { GraphQLResolveInfo } from 'graphql';
import { Field, Info, ObjectType } from 'type-graphql';
import { isCapture, type PayerPoints, requestedOf, type SpendEntry } from '../../ledger/entry';
import { Budget } from '../budget';
import type { ResponseBudget } from '../response-budget';
import { Points } from '../scalars/points';
import { Allocation } from './allocation';
import { ChosenPayers, presentChoice } from './chosen-payers';
import { Deduction } from './deduction';
import { Entry } from './entry';
import { LotLapse } from './lot-lapse';
import { presentAllocations, presentLapses, sumOfExpired } from './present-allocations';
import { SpentLots } from './spent-lots';

@ObjectType({
  implements: Entry,
  simpleResolvers: true,
  description: 'Points that were spent, the oldest first, and who paid them.',
})
export class Spend extends Entry {
  @Field(() => Points, {
    description: 'What was asked: a positive number. With upTo, or of a capture, what was taken.',
  })
  readonly points: number;

  @Field(() => Points, {
    nullable: true,
    description: 'The points as requested. Null for a capture of everything that was held.',
  })
  readonly requested: number | null;

  @Field(() => Boolean, {
    description: 'True if as many points as there were, up to those requested, were taken.',
  })
  readonly upTo: boolean;

  @Field(() => Boolean, {
    description: 'True if a capture left the rest of the points held. False for any other spend.',
  })
  readonly keepRest: boolean;

  /** The sequence of the hold that was captured; null if none was. */
  readonly target: number | null;

  readonly #entry: SpendEntry;

  readonly #lots: SpentLots;

  constructor(entry: SpendEntry) {
    super(entry);
    this.#lots = new SpentLots(entry.accountId, entry.allocations);
    this.points = entry.points;
    this.requested = requestedOf(entry);
    this.upTo = !isCapture(entry) && entry.upTo === true;
    this.keepRest = isCapture(entry) && entry.keepRest;
    this.target = isCapture(entry) ? entry.target : null;
    this.#entry = entry;
  }

  @Field(() => [Deduction], {
    description:
      'One row per payer, negative, in the order in which the payers were first touched.',
  })
  deductions(
    @Budget() budget: ResponseBudget,
    @Info() info: GraphQLResolveInfo,
  ): readonly PayerPoints[] {
    return this.#lots.deductions(budget, info);
  }

  @Field(() => [Allocation], { description: 'Which transactions paid, oldest first.' })
  allocations(@Budget() budget: ResponseBudget, @Info() info: GraphQLResolveInfo): Allocation[] {
    return this.#lots.allocations(budget, info);
  }

  @Field(() => [Allocation], {
    description:
      'What a capture gave back to the lots of the hold, in the order in which the hold took it. ' +
      'Empty for any other spend.',
  })
  released(@Budget() budget: ResponseBudget, @Info() info: GraphQLResolveInfo): Allocation[] {
    const { accountId } = this;
    const allocations = isCapture(this.#entry) ? this.#entry.released : [];
    return presentAllocations({ accountId, allocations }, budget, info);
  }

  @Field(() => Points, {
    description:
      'The points of lapses together: what of the released points was gone ' + 'at once.',
  })
  get expired(): number {
    return sumOfExpired(isCapture(this.#entry) ? this.#entry.lapses : []);
  }

  @Field(() => [LotLapse], {
    description:
      'What of the released points came back to lots past their expiry and was gone at once. Empty ' +
      'if nothing was.',
  })
  lapses(@Budget() budget: ResponseBudget, @Info() info: GraphQLResolveInfo): LotLapse[] {
    const { accountId } = this;
    const lapses = isCapture(this.#entry) ? this.#entry.lapses : [];
    return presentLapses({ accountId, lapses }, budget, info);
  }

  @Field(() => ChosenPayers, {
    nullable: true,
    description: 'Which payers were chosen; null for all.',
  })
  payers(@Budget() budget: ResponseBudget, @Info() info: GraphQLResolveInfo): ChosenPayers | null {
    return presentChoice(isCapture(this.#entry) ? undefined : this.#entry.payers, budget, info);
  }
}
