import type { GraphQLResolveInfo } from 'graphql';
import { Field, Info, ObjectType } from 'type-graphql';
import type { SpendReversalEntry } from '../../ledger/reversal-entry';
import { Budget } from '../budget';
import type { ResponseBudget } from '../response-budget';
import { Points } from '../scalars/points';
import { Allocation } from './allocation';
import { Entry } from './entry';
import { LotLapse } from './lot-lapse';
import { presentAllocations, presentLapses, sumOfExpired } from './present-allocations';

@ObjectType({
  implements: Entry,
  simpleResolvers: true,
  description:
    'Points of a spend that were given back to the lots that they came from. What was taken last ' +
    'goes back first, so the spend leaves what a smaller one would have left.',
})
export class SpendReversal extends Entry {
  @Field(() => Points, { description: 'The points given back: a positive number.' })
  readonly points: number;

  @Field(() => Points, {
    nullable: true,
    description: 'The points as requested; null if everything that could be reversed was.',
  })
  readonly requested: number | null;

  readonly #entry: SpendReversalEntry;

  constructor(entry: SpendReversalEntry) {
    super(entry);
    this.#entry = entry;
    this.points = entry.points;
    this.requested = entry.requested;
  }

  /** The sequence of the spend. */
  get target(): number {
    return this.#entry.target;
  }

  @Field(() => [Allocation], {
    description:
      'Which lots got points back, in the reverse order of the spend. Lots keep their payer, ' +
      'timestamp, sequence and expiry.',
  })
  allocations(@Budget() budget: ResponseBudget, @Info() info: GraphQLResolveInfo): Allocation[] {
    return presentAllocations(this.#entry, budget, info);
  }

  @Field(() => Points, {
    description: 'The points of lapses together: what of the points given back was gone at once.',
  })
  get expired(): number {
    return sumOfExpired(this.#entry.lapses);
  }

  @Field(() => [LotLapse], {
    description:
      'What of the points came back to lots past their expiry and was gone at once. Empty if ' +
      'nothing was.',
  })
  lapses(@Budget() budget: ResponseBudget, @Info() info: GraphQLResolveInfo): LotLapse[] {
    return presentLapses(this.#entry, budget, info);
  }
}
