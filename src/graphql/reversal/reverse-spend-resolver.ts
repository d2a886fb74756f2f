import { Arg, Mutation, Resolver } from 'type-graphql';
import type { LedgerService } from '../../service/ledger-service';
import { Access, rule } from '../access/rule';
import { Call, type CommandCall, runOne } from '../run-one';
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
    @Call() call: CommandCall,
  ): Promise<ReverseSpendPayload> {
    const command = toCommand(input);
    const { outcome, account } = await runOne(this.service, input.accountId, command, call);
    return presentReversedSpend(outcome, account);
  }
}
