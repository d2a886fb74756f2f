import { Arg, Mutation, Resolver } from 'type-graphql';
import type { LedgerService } from '../../service/ledger-service';
import { Access, rule } from '../access/rule';
import { Call, type CommandCall, runOne } from '../run-one';
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
    @Call() call: CommandCall,
  ): Promise<AddTransactionPayload> {
    const command = toCommand(input);
    const { outcome, account } = await runOne(this.service, input.accountId, command, call);
    return presentAdd(outcome, account);
  }
}
