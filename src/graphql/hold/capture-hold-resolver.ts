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
import { CaptureHoldInput, toCommand } from './capture-hold-input';
import { CaptureHoldPayload, presentCapture } from './capture-hold-payload';

@Resolver()
export class CaptureHoldResolver {
  constructor(private readonly service: LedgerService) {}

  @Access(rule('points:spend', accountsOf))
  @Mutation(() => CaptureHoldPayload, {
    nullable: true,
    description:
      'Spends held points, the first taken first. The rest goes back to its lots unless keepRest is ' +
      'set. A capture of everything that is held ends the hold. Null only together with a top-level ' +
      'error at its path.',
  })
  async captureHold(
    @Arg('input', () => CaptureHoldInput, { description: 'The capture.' })
    input: CaptureHoldInput,
    @Budget() budget: AnswerBudget,
    @Info() info: GraphQLResolveInfo,
    @Sender() sender: Principal | null,
  ): Promise<CaptureHoldPayload> {
    const view = copyAccount(accountSelection(info, ['account']), budget);
    const command = toCommand(input);
    const { outcome, account } = await runOne(this.service, input.accountId, command, view, sender);
    return presentCapture(outcome, account);
  }
}
