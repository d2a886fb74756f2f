import type { GraphQLError } from 'graphql';
import { Field, ObjectType } from 'type-graphql';
import type { Expiry } from '../../ledger/expiry-walk';
import { invariant } from '../../ledger/invariant';
import type { LotPage } from '../../ledger/lot-page';
import type { PendingLot } from '../../ledger/pending-lots';
import type { WalkedPage } from '../../ledger/walked-page';
import { throwIfError } from '../bad-user-input';
import { ID } from '../scalars/id';
import { Points } from '../scalars/points';
import type { PayerBalance } from './payer-balance';

/** The parts of one state of an account that a document selects. */
interface AccountState {
  readonly sequence: number;
  readonly points: number;
  readonly pending: number;
  readonly held: number;
  /** Null if they are not selected, an error if they exceed the budget of the response. */
  readonly balances: readonly PayerBalance[] | GraphQLError | null;
  readonly lots: CopiedPages<LotPage>;
  readonly pendingLots: CopiedPages<WalkedPage<PendingLot>>;
  readonly expiries: CopiedPages<WalkedPage<Expiry>>;
  readonly holds: CopiedPages<WalkedPage<HeldPoints>>;
}

/** An open hold, as it is in a state of an account. */
export interface HeldPoints {
  readonly sequence: number;
  readonly held: number;
}

/** By page key; an error if the arguments are wrong or the page exceeds the budget. */
export type CopiedPages<Page> = ReadonlyMap<string, Page | GraphQLError>;

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

  @Field(() => Points, {
    description:
      'Points that were granted and begin later: in no balance, and not to be spent before.',
  })
  get pending(): number {
    return this.#copied.pending;
  }

  @Field(() => Points, {
    description: 'Points that open holds have: in no balance, neither spent nor to be spent.',
  })
  get held(): number {
    return this.#copied.held;
  }

  get balances(): readonly PayerBalance[] {
    const { balances } = this.#copied;
    invariant(balances !== null, 'balances were not copied');
    return throwIfError(balances);
  }

  /** The sequence of the last entry in this state. */
  get sequence(): number {
    return this.#copied.sequence;
  }

  lotPage(key: string): LotPage {
    return pageOf(this.#copied.lots, key);
  }

  pendingPage(key: string): WalkedPage<PendingLot> {
    return pageOf(this.#copied.pendingLots, key);
  }

  expiryPage(key: string): WalkedPage<Expiry> {
    return pageOf(this.#copied.expiries, key);
  }

  holdPage(key: string): WalkedPage<HeldPoints> {
    return pageOf(this.#copied.holds, key);
  }

  get #copied(): AccountState {
    invariant(this.#state !== null, 'the state of an account was not copied');
    return this.#state;
  }
}

function pageOf<Page>(pages: CopiedPages<Page>, key: string): Page {
  const page = pages.get(key);
  invariant(page !== undefined, 'a page was not copied');
  return throwIfError(page);
}
