import type { GraphQLError } from 'graphql';
import { Field, ObjectType } from 'type-graphql';
import type { PayerPoints } from '../../ledger/entry';
import { invariant } from '../../ledger/invariant';
import type { LotPage } from '../../ledger/lot-page';
import { throwIfError } from '../bad-user-input';
import { ID } from '../scalars/id';
import { Points } from '../scalars/points';

/** The parts of one state of an account that a document selects. */
interface AccountState {
  readonly sequence: number;
  readonly points: number;
  /** Null if they are not selected, an error if they exceed the budget of the response. */
  readonly balances: readonly PayerPoints[] | GraphQLError | null;
  /** By page key; an error if the arguments are wrong or the page exceeds the budget. */
  readonly lots: ReadonlyMap<string, LotPage | GraphQLError>;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "A member's points, in one consistent state: points is the sum of the balances, and the sum " +
    'of what remains of all lots.',
})
export class Account {
  @Field(() => ID, { description: 'The id that the first accepted change gave the account.' })
  readonly id: string;

  readonly #state: AccountState | null;

  /** @param state null if the document selects only the id. */
  constructor(id: string, state: AccountState | null) {
    this.id = id;
    this.#state = state;
  }

  @Field(() => Points, { description: 'All points that can be spent now.' })
  get points(): number {
    return this.#copied.points;
  }

  get balances(): readonly PayerPoints[] {
    const { balances } = this.#copied;
    invariant(balances !== null, 'balances were not copied');
    return throwIfError(balances);
  }

  /** The sequence of the last entry in this state. */
  get sequence(): number {
    return this.#copied.sequence;
  }

  lotPage(key: string): LotPage {
    const page = this.#copied.lots.get(key);
    invariant(page !== undefined, 'a page of lots was not copied');
    return throwIfError(page);
  }

  get #copied(): AccountState {
    invariant(this.#state !== null, 'the state of an account was not copied');
    return this.#state;
  }
}
