import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Int, Resolver, Root, Subscription } from 'type-graphql';
import { broken } from '../../ledger/invariant';
import { textProblem } from '../../ledger/text';
import type { Change } from '../../service/feed/follow';
import type { LedgerService } from '../../service/ledger-service';
import { Access, rule } from '../access/rule';
import { Account } from '../account/account';
import { accountIdDescription, defaultAccountId } from '../account/account-arg';
import { accountSelection } from '../account/account-selection';
import { badUserInput } from '../bad-user-input';
import { presentEntry } from '../entry/present-entry';
import type { ResponseBudget } from '../response-budget';
import { ID } from '../scalars/id';
import { mapStream, type Stream } from '../stream';
import { AccountChange } from './account-change';
import { accountView } from './account-view';

interface Arguments {
  readonly accountId: string;
  readonly after?: number | null;
}

@Resolver()
export class AccountChangedResolver {
  constructor(private readonly service: LedgerService) {}

  @Access(rule('points:read', ({ accountId }: Arguments) => [accountId]))
  @Subscription(() => AccountChange, {
    subscribe: () => broken('the schema has no stream of changes'),
    description:
      'Sends every accepted change of an account when it is durable, in the order of the ' +
      'sequences, without gaps and each once. A client that reconnects passes the last sequence ' +
      'that it has seen, and misses nothing.',
  })
  accountChanged(
    @Root() change: AccountChange,
    // The schema lists arguments from the last to the first.
    @Arg('after', () => Int, {
      nullable: true,
      description:
        'The last sequence that the client has seen: the entries after it are sent first. 0 begins ' +
        'with the first entry; null begins now. Past the last entry of the account, the error is ' +
        'HISTORY_CHANGED: the client has seen another history than the one that is stored.',
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

  /** Starts the stream of the changes that `accountChanged` presents. */
  async changes(
    { accountId, after = null }: Arguments,
    budget: ResponseBudget,
    info: GraphQLResolveInfo,
  ): Promise<Stream<AccountChange>> {
    checkArguments(accountId, after);
    const view = accountView(accountSelection(info, ['account']), budget);
    const changes = await this.service.follow({ accountId, after, view });
    return mapStream(changes, (change) => presentChange(accountId, change));
  }
}

function checkArguments(accountId: string, after: number | null): void {
  const fault = textProblem(accountId);
  if (fault !== null) throw badUserInput(`accountId ${fault}.`);
  if (after !== null && after < 0) {
    throw badUserInput(
      `after is ${after}; it must be the last sequence seen, 0 to begin with the first entry, or null to begin now.`,
    );
  }
}

function presentChange(
  accountId: string,
  { entry, view }: Change<Account | null>,
): Promise<AccountChange> {
  return Promise.resolve(
    new AccountChange(presentEntry(entry), view ?? new Account(accountId, null)),
  );
}
