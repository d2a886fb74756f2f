import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Info, Query, Resolver } from 'type-graphql';
import type { Account as LedgerAccount } from '../../ledger/account';
import type { LedgerService } from '../../service/ledger-service';
import { Access, rule } from '../access/rule';
import { errorAsValue, throwIfError } from '../bad-user-input';
import { Budget } from '../budget';
import type { ResponseBudget } from '../response-budget';
import { DateTime } from '../scalars/date-time';
import { ID } from '../scalars/id';
import { accountIdDescription, defaultAccountId } from './account-arg';
import { copyBalances } from './copy-account';
import { PayerBalance } from './payer-balance';
import { atDescription, readAt } from './read-at';

@Resolver()
export class BalancesResolver {
  constructor(private readonly service: LedgerService) {}

  @Access(rule('points:read', ({ accountId }: { accountId: string }) => [accountId]))
  @Query(() => [PayerBalance], {
    description:
      'Points per payer, in the order in which the payers first appeared; a payer at zero stays ' +
      'listed. So is one with only pending points. Empty until the account has an accepted change, also for an id that is never ' +
      'valid.',
  })
  async balances(
    // The schema lists arguments from the last to the first.
    @Arg('at', () => DateTime, { nullable: true, description: atDescription })
    at: number | null,
    @Arg('accountId', () => ID, {
      defaultValue: defaultAccountId,
      description: accountIdDescription,
    })
    accountId: string,
    @Budget() budget: ResponseBudget,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly PayerBalance[]> {
    const view = (account: LedgerAccount | null) =>
      account === null ? [] : errorAsValue(() => copyBalances(account, budget));
    const [result] = await this.service.run([{ ...readAt(accountId, at), view }]);
    const balances = throwIfError(result?.view ?? []);
    budget.charge(balances.length, info);
    return balances;
  }
}
