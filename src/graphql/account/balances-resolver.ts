import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Query, Resolver } from 'type-graphql';
import type { Account as LedgerAccount } from '../../ledger/account';
import type { LedgerService } from '../../service/ledger-service';
import type { LedgerContext } from '../context';
import { ID } from '../scalars/id';
import { keepFault, throwFault } from '../user-fault';
import { accountIdDescription, defaultAccountId } from './account-arg';
import { copyBalances } from './copy-account';
import { PayerBalance } from './payer-balance';

@Resolver()
export class BalancesResolver {
  constructor(private readonly service: LedgerService) {}

  @Query(() => [PayerBalance], {
    description:
      'Points per payer, in the order in which the payers first appeared; a payer at zero stays ' +
      'listed. Empty until a change of the account was accepted, also for an id that could never ' +
      'be valid.',
  })
  async balances(
    @Arg('accountId', () => ID, {
      defaultValue: defaultAccountId,
      description: accountIdDescription,
    })
    accountId: string,
    @Ctx() { budget }: LedgerContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly PayerBalance[]> {
    const view = (account: LedgerAccount | null) =>
      account === null ? [] : keepFault(() => copyBalances(account, budget));
    const [result] = await this.service.run([{ accountId, commands: [], view }]);
    const balances = throwFault(result?.view ?? []);
    budget.charge(balances.length, info);
    return balances;
  }
}
