import { Arg, Mutation, Resolver } from 'type-graphql';
import type { LedgerService } from '../../service/ledger-service';
import { Access, rule } from '../access/rule';
import { Call, type CommandCall, runOne } from '../run-one';
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
    @Call() call: CommandCall,
  ): Promise<SpendPointsPayload> {
    const command = toCommand(input);
    const { outcome, account } = await runOne(this.service, input.accountId, command, call);
    return presentSpending(outcome, account);
  }
}
