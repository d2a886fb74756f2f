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
import { accountsOf } from './accounts-of';
import { ReverseSpendInput, toCommand } from './reverse-spend-input';
import { presentReversedSpend, ReverseSpendPayload } from './reverse-spend-payload';

@Resolver()
export class ReverseSpendResolver {
  constructor(private readonly service: LedgerService) {}

  @Access(rule('points:write', accountsOf))
  @Mutation(() => ReverseSpendPayload, {
    nullable: true,
    description:
      'Gives points of a spend back to exactly the lots that they came from, those taken last ' +
      'first. Points that come back to a lot past its expiry are gone at once. Null only together ' +
      'with a top-level error at its path.',
  })
  async reverseSpend(
    @Arg('input', () => ReverseSpendInput, { description: 'The reversal.' })
    input: ReverseSpendInput,
    @Budget() budget: AnswerBudget,
    @Info() info: GraphQLResolveInfo,
    @Sender() sender: Principal | null,
  ): Promise<ReverseSpendPayload> {
    const view = copyAccount(accountSelection(info, ['account']), budget);
    const command = toCommand(input);
    const { outcome, account } = await runOne(this.service, input.accountId, command, view, sender);
    return presentReversedSpend(outcome, account);
  }
}
