import type { GraphQLResolveInfo } from 'graphql';
import { Field, Info, ObjectType } from 'type-graphql';
import type { LapseEntry, LapseRow } from '../../ledger/lapse-entry';
import { Budget } from '../budget';
import type { ResponseBudget } from '../response-budget';
import { Points } from '../scalars/points';
import { Begun } from './begun';
import { EndedHold } from './ended-hold';
import { Entry } from './entry';
import { LotLapse } from './lot-lapse';

@ObjectType({
  implements: Entry,
  simpleResolvers: true,
  description:
    'What was due by a date: points that expired, holds that ended, and pending points that began. No client ' +
    'requests it: it is recorded right before the next change of the account, or earlier. At most ' +
    '1,000 rows; more are in several entries.',
})
export class Lapse extends Entry {
  @Field(() => Points, { description: 'The points that expired: the sum of expired over lots.' })
  readonly expired: number;

  readonly #rows: readonly LapseRow[];

  constructor(entry: LapseEntry) {
    super(entry);
    this.expired = entry.points;
    this.#rows = entry.rows;
  }

  @Field(() => [LotLapse], {
    description: 'Which lots expired, in the order in which they were processed.',
  })
  lots(@Budget() budget: ResponseBudget, @Info() info: GraphQLResolveInfo): LotLapse[] {
    const rows = this.#rowsOf('expiry');
    budget.charge(rows.length, info);
    return rows.map(([row, position]) => new LotLapse(this.accountId, row, position));
  }

  @Field(() => [EndedHold], {
    description: 'Which holds ended, in the order in which they were processed.',
  })
  endedHolds(@Budget() budget: ResponseBudget, @Info() info: GraphQLResolveInfo): EndedHold[] {
    const rows = this.#rowsOf('end');
    budget.charge(rows.length, info);
    return rows.map(([row, position]) => new EndedHold(this.accountId, row, position));
  }

  @Field(() => [Begun], {
    description: 'Which pending points began, in the order in which they were processed.',
  })
  begun(@Budget() budget: ResponseBudget, @Info() info: GraphQLResolveInfo): Begun[] {
    const rows = this.#rowsOf('beginning');
    budget.charge(rows.length, info);
    return rows.map(([row, position]) => new Begun(this.accountId, row, position));
  }

  /** Returns the rows of a kind, with their places among all rows. */
  #rowsOf<Kind extends LapseRow['kind']>(
    kind: Kind,
  ): (readonly [row: Extract<LapseRow, { kind: Kind }>, position: number])[] {
    return [...this.#rows.entries()]
      .filter(([, row]) => row.kind === kind)
      .map(([position, row]) => [row as Extract<LapseRow, { kind: Kind }>, position]);
  }
}
