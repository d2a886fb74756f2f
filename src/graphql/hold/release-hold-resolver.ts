import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Info, Mutation, Resolver } from 'type-graphql';
import type { Principal } from '../../auth/principal';
import type { LedgerService } from '../../service/ledger-service';
import { Sender } from '../access/principal-of';
import { Access, rule } from '../access/rule';
import { accountSelection } from '../account/account-selection';
import { copyAccount } from '../account/copy-account';
import type { AnswerBudget } from '../answer-budget';
import { Budget } from '../budget';
import { accountsOf } from '../reversal/accounts-of';
import { runOne } from '../run-one';
import { ReleaseHoldInput, toCommand } from './release-hold-input';
import { presentReleasing, ReleaseHoldPayload } from './release-hold-payload';

@Resolver()
export class ReleaseHoldResolver {
  constructor(private readonly service: LedgerService) {}

  @Access(rule('points:spend', accountsOf))
  @Mutation(() => ReleaseHoldPayload, {
    nullable: true,
    description:
      'Gives what a hold still holds back to its lots. Points that come back to a lot past its expiry ' +
      'are gone at once. Null only together with a top-level error at its path.',
  })
  async releaseHold(
    @Arg('input', () => ReleaseHoldInput, { description: 'The release.' })
    input: ReleaseHoldInput,
    @Budget() budget: AnswerBudget,
    @Info() info: GraphQLResolveInfo,
    @Sender() sender: Principal | null,
  ): Promise<ReleaseHoldPayload> {
    const view = copyAccount(accountSelection(info, ['account']), budget);
    const command = toCommand(input);
    const { outcome, account } = await runOne(this.service, input.accountId, command, view, sender);
    return presentReleasing(outcome, account);
  }
}
