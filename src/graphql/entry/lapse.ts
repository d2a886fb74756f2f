import type { GraphQLResolveInfo } from 'graphql';
import { Field, Info, ObjectType } from 'type-graphql';
import type { BeginningRow, ExpiryRow, LapseEntry, LapseRow } from '../../ledger/lapse-entry';
import type { AnswerBudget } from '../answer-budget';
import { Budget } from '../budget';
import { Points } from '../scalars/points';
import { Begun } from './begun';
import { Entry } from './entry';
import { LotLapse } from './lot-lapse';

@ObjectType({
  implements: Entry,
  simpleResolvers: true,
  description:
    'What was due by a date: points that expired, and pending points that began. No client ' +
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
  lots(@Budget() budget: AnswerBudget, @Info() info: GraphQLResolveInfo): LotLapse[] {
    const rows = this.#rows.filter((row): row is ExpiryRow => row.kind === 'expiry');
    budget.charge(rows.length, info);
    return rows.map((row) => new LotLapse(this.accountId, row));
  }

  @Field(() => [Begun], {
    description: 'Which pending points began, in the order in which they were processed.',
  })
  begun(@Budget() budget: AnswerBudget, @Info() info: GraphQLResolveInfo): Begun[] {
    const rows = this.#rows.filter((row): row is BeginningRow => row.kind === 'beginning');
    budget.charge(rows.length, info);
    return rows.map((row) => new Begun(this.accountId, row));
  }
}
