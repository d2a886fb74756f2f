import { GraphQLError } from 'graphql';
import { Field, ID, ObjectType } from 'type-graphql';
import type { PayerPoints } from '../../ledger/entry';
import { invariant } from '../../ledger/invariant';
import type { LotPage } from '../../ledger/lot-page';
import { Points } from '../scalars/points';
import { PayerBalance } from './payer-balance';

/** One state of an account, as far as a document asks for it. */
export interface AccountState {
  readonly sequence: number;
  readonly points: number;
  readonly balances: readonly PayerPoints[] | null;
  /** By page key; an error where the arguments of the page are at fault. */
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

  @Field(() => [PayerBalance], {
    description:
      'Points per payer, in the order in which the payers first appeared; a payer at zero stays ' +
      'listed.',
  })
  get balances(): readonly PayerBalance[] {
    const { balances } = this.#copied;
    invariant(balances !== null, 'balances were not copied');
    return balances;
  }

  /** The number of the last entry that this state includes. */
  get sequence(): number {
    return this.#copied.sequence;
  }

  lotPage(key: string): LotPage {
    const page = this.#copied.lots.get(key);
    invariant(page !== undefined, 'a page of lots was not copied');
    if (page instanceof GraphQLError) throw page;
    return page;
  }

  get #copied(): AccountState {
    invariant(this.#state !== null, 'the state of an account was not copied');
    return this.#state;
  }
}
