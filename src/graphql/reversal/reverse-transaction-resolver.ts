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
import { ReverseTransactionInput, toCommand } from './reverse-transaction-input';
import {
  presentReversedTransaction,
  ReverseTransactionPayload,
} from './reverse-transaction-payload';

@Resolver()
export class ReverseTransactionResolver {
  constructor(private readonly service: LedgerService) {}

  @Access(rule('points:write', accountsOf))
  @Mutation(() => ReverseTransactionPayload, {
    nullable: true,
    description:
      'Takes a grant back from its own lot, pending or not, or lifts a debit. A reversal cannot be ' +
      'reversed: spend, grant or take back again. Null only together with a top-level error at its ' +
      'path.',
  })
  async reverseTransaction(
    @Arg('input', () => ReverseTransactionInput, { description: 'The reversal.' })
    input: ReverseTransactionInput,
    @Budget() budget: AnswerBudget,
    @Info() info: GraphQLResolveInfo,
    @Sender() sender: Principal | null,
  ): Promise<ReverseTransactionPayload> {
    const view = copyAccount(accountSelection(info, ['account']), budget);
    const command = toCommand(input);
    const { outcome, account } = await runOne(this.service, input.accountId, command, view, sender);
    return presentReversedTransaction(outcome, account);
  }
}
