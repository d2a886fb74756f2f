import type { GraphQLResolveInfo } from 'graphql';
import { Arg, ID, Int, Resolver, Root, Subscription } from 'type-graphql';
import { broken } from '../../ledger/invariant';
import type { LedgerService } from '../../service/ledger-service';
import { accountIdDescription, defaultAccountId } from '../account/account-arg';
import type { LedgerContext } from '../context';
import { AccountChange } from './account-change';

@Resolver()
export class AccountChangedResolver {
  constructor(private readonly service: LedgerService) {}

  @Subscription(() => AccountChange, {
    subscribe: () => broken('the schema was not given its stream of changes'),
    description:
      'Sends every accepted change of an account when it is durable: in the order of the ' +
      'sequences, without a gap and none twice. A client that was away passes the last sequence ' +
      'that it has seen, and misses nothing.',
  })
  accountChanged(
    @Root() change: AccountChange,
    // The schema lists arguments from the last to the first.
    @Arg('after', () => Int, {
      nullable: true,
      description:
        'The last sequence that the client has seen: what follows it is sent first. 0 begins with ' +
        'the first entry; null begins now. Past the last entry of the account it is ' +
        'BAD_USER_INPUT: the client has seen another history than the one that is here.',
    })
    _after: number | null,
    @Arg('accountId', () => ID, {
      defaultValue: defaultAccountId,
      description: accountIdDescription,
    })
    _accountId: string,
  ): AccountChange {
    return change;
  }

  /** What `subscribe` of graphql-js is answered. */
  changes(
    _args: { readonly accountId: string; readonly after?: number | null },
    _context: LedgerContext,
    _info: GraphQLResolveInfo,
  ): AsyncIterable<AccountChange> {
    throw new Error(`not yet ${this.service}`);
  }
}
