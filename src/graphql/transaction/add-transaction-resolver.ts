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
import { AddTransactionInput, toCommand } from './add-transaction-input';
import { AddTransactionPayload, presentAdd } from './add-transaction-payload';

@Resolver()
export class AddTransactionResolver {
  constructor(private readonly service: LedgerService) {}

  @Access(rule('points:write', ({ input }: { input: AddTransactionInput }) => [input.accountId]))
  @Mutation(() => AddTransactionPayload, {
    nullable: true,
    description:
      'Grants points of a payer, or takes them back from that payer. Null only together with a ' +
      'top-level error at its path.',
  })
  async addTransaction(
    @Arg('input', () => AddTransactionInput, { description: 'The transaction.' })
    input: AddTransactionInput,
    @Budget() budget: AnswerBudget,
    @Info() info: GraphQLResolveInfo,
    @Sender() sender: Principal | null,
  ): Promise<AddTransactionPayload> {
    const view = copyAccount(accountSelection(info, ['account']), budget);
    const { outcome, account } = await runOne(
      this.service,
      input.accountId,
      toCommand(input),
      view,
      sender,
    );
    return presentAdd(outcome, account);
  }
}
