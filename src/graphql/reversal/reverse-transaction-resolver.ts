import { Arg, Mutation, Resolver } from 'type-graphql';
import type { LedgerService } from '../../service/ledger-service';
import { Access, rule } from '../access/rule';
import { Call, type CommandCall, runOne } from '../run-one';
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
    @Call() call: CommandCall,
  ): Promise<ReverseTransactionPayload> {
    const command = toCommand(input);
    const { outcome, account } = await runOne(this.service, input.accountId, command, call);
    return presentReversedTransaction(outcome, account);
  }
}
