import { Arg, ID, Query, Resolver } from 'type-graphql';
import type { LedgerService } from '../../service/ledger-service';
import { accountIdDescription, defaultAccountId } from './account-arg';
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
  ): Promise<PayerBalance[]> {
    const [result] = await this.service.run([
      { accountId, commands: [], view: (account) => account?.balances() ?? [] },
    ]);
    return result?.view ?? [];
  }
}
