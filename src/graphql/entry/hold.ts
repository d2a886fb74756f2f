import type { GraphQLResolveInfo } from 'graphql';
import { Field, Info, ObjectType } from 'type-graphql';
import type { HoldEntry } from '../../ledger/hold-entry';
import { Budget } from '../budget';
import type { HoldState } from '../hold/hold-state';
import type { ResponseBudget } from '../response-budget';
import { DateTime } from '../scalars/date-time';
import { Points } from '../scalars/points';
import { Allocation } from './allocation';
import { ChosenPayers, presentChoice } from './chosen-payers';
import { Entry } from './entry';
import { presentAllocations } from './present-allocations';

@ObjectType({
  implements: Entry,
  simpleResolvers: true,
  description:
    'Points that were taken from their lots, as a spend takes them, to be captured or given back. ' +
    'They are neither spent nor spendable until then.',
})
export class Hold extends Entry {
  @Field(() => Points, { description: 'The points taken: a positive number.' })
  readonly points: number;

  // Nullable as the fields of that name of other kinds are: documents select them side by side.
  @Field(() => Points, {
    nullable: true,
    description:
      'The points as requested: more than points if there were fewer and upTo was set. Never null.',
  })
  readonly requested: number;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'From this instant on, the hold is over, and what it still has is given back. Never null.',
  })
  readonly expiresAt: number;

  @Field(() => Boolean, {
    description: 'True if as many points as there were, up to those requested, were taken.',
  })
  readonly upTo: boolean;

  readonly #entry: HoldEntry;

  /** @param state null if it must be read. */
  constructor(
    entry: HoldEntry,
    readonly state: HoldState | null = null,
  ) {
    super(entry);
    this.#entry = entry;
    this.points = entry.points;
    this.requested = entry.requested;
    this.upTo = entry.upTo === true;
    this.expiresAt = entry.expiresAt;
  }

  /** Returns the same hold in a state that is known. */
  inState(state: HoldState): Hold {
    return new Hold(this.#entry, state);
  }

  @Field(() => [Allocation], {
    description: 'From which transactions the points were taken, oldest first.',
  })
  allocations(@Budget() budget: ResponseBudget, @Info() info: GraphQLResolveInfo): Allocation[] {
    return presentAllocations(this.#entry, budget, info);
  }

  @Field(() => ChosenPayers, {
    nullable: true,
    description: 'Which payers were chosen; null for all.',
  })
  payers(@Budget() budget: ResponseBudget, @Info() info: GraphQLResolveInfo): ChosenPayers | null {
    return presentChoice(this.#entry.payers, budget, info);
  }
}
