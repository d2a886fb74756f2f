import type { GraphQLResolveInfo } from 'graphql';
import { Field, Info, ObjectType } from 'type-graphql';
import type { ReleaseEntry } from '../../ledger/hold-entry';
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
  description: 'What a hold still held, given back to the lots that it came from.',
})
export class Release extends Entry {
  @Field(() => Points, { description: 'The points given back: a positive number.' })
  readonly points: number;

  /** The sequence of the hold. */
  readonly target: number;

  readonly #entry: ReleaseEntry;

  constructor(entry: ReleaseEntry) {
    super(entry);
    this.#entry = entry;
    this.target = entry.target;
    this.points = entry.points;
  }

  @Field(() => [Allocation], {
    description: 'Which lots got points back, in the order in which the hold took them.',
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
