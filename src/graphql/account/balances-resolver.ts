import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Info, Query, Resolver } from 'type-graphql';
import type { Account as LedgerAccount } from '../../ledger/account';
import type { LedgerService } from '../../service/ledger-service';
import { Access, rule } from '../access/rule';
import type { AnswerBudget } from '../answer-budget';
import { errorAsValue, throwIfError } from '../bad-user-input';
import { Budget } from '../budget';
import { ID } from '../scalars/id';
import { accountIdDescription, defaultAccountId } from './account-arg';
import { copyBalances } from './copy-account';
import { PayerBalance } from './payer-balance';

@Resolver()
export class BalancesResolver {
  constructor(private readonly service: LedgerService) {}

  @Access(rule('points:read', ({ accountId }: { accountId: string }) => [accountId]))
  @Query(() => [PayerBalance], {
    description:
      'Points per payer, in the order in which the payers first appeared; a payer at zero stays ' +
      'listed. Empty until the account has an accepted change, also for an id that is never ' +
      'valid.',
  })
  async balances(
    @Arg('accountId', () => ID, {
      defaultValue: defaultAccountId,
      description: accountIdDescription,
    })
    accountId: string,
    @Budget() budget: AnswerBudget,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly PayerBalance[]> {
    const view = (account: LedgerAccount | null) =>
      account === null ? [] : errorAsValue(() => copyBalances(account, budget));
    const [result] = await this.service.run([{ accountId, commands: [], view }]);
    const balances = throwIfError(result?.view ?? []);
    budget.charge(balances.length, info);
    return balances;
  }
}
