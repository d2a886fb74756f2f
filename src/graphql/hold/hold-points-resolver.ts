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
import { HoldPointsInput, toCommand } from './hold-points-input';
import { HoldPointsPayload, presentHolding } from './hold-points-payload';

@Resolver()
export class HoldPointsResolver {
  constructor(private readonly service: LedgerService) {}

  @Access(rule('points:spend', ({ input }: { input: HoldPointsInput }) => [input.accountId]))
  @Mutation(() => HoldPointsPayload, {
    nullable: true,
    description:
      'Holds points, all or nothing: exactly those that a spend would take now. Until the hold is ' +
      'captured or released, or ends, they are neither spent nor spendable. An account has at most ' +
      '1,000 open holds. Null only together with a top-level error at its path.',
  })
  async holdPoints(
    @Arg('input', () => HoldPointsInput, { description: 'The hold.' })
    input: HoldPointsInput,
    @Budget() budget: AnswerBudget,
    @Info() info: GraphQLResolveInfo,
    @Sender() sender: Principal | null,
  ): Promise<HoldPointsPayload> {
    const view = copyAccount(accountSelection(info, ['account']), budget);
    const command = toCommand(input);
    const { outcome, account } = await runOne(this.service, input.accountId, command, view, sender);
    return presentHolding(outcome, account);
  }
}
