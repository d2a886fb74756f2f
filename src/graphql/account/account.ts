import type { GraphQLError } from 'graphql';
import { Field, ObjectType } from 'type-graphql';
import type { PayerPoints } from '../../ledger/entry';
import { invariant } from '../../ledger/invariant';
import type { LotPage } from '../../ledger/lot-page';
import { ID } from '../scalars/id';
import { Points } from '../scalars/points';
import { throwFault } from '../user-fault';

/** One state of an account, as far as a document asks for it. */
interface AccountState {
  readonly sequence: number;
  readonly points: number;
  /** Null where they are not asked for, an error where there is no room for them. */
  readonly balances: readonly PayerPoints[] | GraphQLError | null;
  /** By page key; an error where the arguments of the page are at fault, or no room is left. */
  readonly lots: ReadonlyMap<string, LotPage | GraphQLError>;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "A member's points, in one consistent state: points is the sum of the balances and of what " +
    'remains of all lots.',
})
export class Account {
  @Field(() => ID, { description: 'The name under which the account was first changed.' })
  readonly id: string;

  readonly #state: AccountState | null;

  /** @param state null where the document asks for nothing beyond the id. */
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
    return throwFault(balances);
  }

  /** The number of the last entry that this state includes. */
  get sequence(): number {
    return this.#copied.sequence;
  }

  lotPage(key: string): LotPage {
    const page = this.#copied.lots.get(key);
    invariant(page !== undefined, 'a page of lots was not copied');
    return throwFault(page);
  }

  get #copied(): AccountState {
    invariant(this.#state !== null, 'the state of an account was not copied');
    return this.#state;
  }
}
