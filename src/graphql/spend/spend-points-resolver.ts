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
import { runOne } from '../run-one';
import { SpendPointsInput, toCommand } from './spend-points-input';
import { presentSpending, SpendPointsPayload } from './spend-points-payload';

@Resolver()
export class SpendPointsResolver {
  constructor(private readonly service: LedgerService) {}

  @Access(rule('points:spend', ({ input }: { input: SpendPointsInput }) => [input.accountId]))
  @Mutation(() => SpendPointsPayload, {
    nullable: true,
    description:
      'Spends points, all or nothing: the oldest unspent points that were not taken back, across ' +
      'all payers. Null only together with a top-level error at its path.',
  })
  async spendPoints(
    @Arg('input', () => SpendPointsInput, { description: 'The spend.' }) input: SpendPointsInput,
    @Budget() budget: AnswerBudget,
    @Info() info: GraphQLResolveInfo,
    @Sender() sender: Principal | null,
  ): Promise<SpendPointsPayload> {
    const view = copyAccount(accountSelection(info, ['account']), budget);
    const { outcome, account } = await runOne(
      this.service,
      input.accountId,
      toCommand(input),
      view,
      sender,
    );
    return presentSpending(outcome, account);
  }
}
