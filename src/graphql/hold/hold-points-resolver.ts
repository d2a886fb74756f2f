import { Arg, Mutation, Resolver } from 'type-graphql';
import type { LedgerService } from '../../service/ledger-service';
import { Access, rule } from '../access/rule';
import { Call, type CommandCall, runOne } from '../run-one';
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
    @Call() call: CommandCall,
  ): Promise<HoldPointsPayload> {
    const command = toCommand(input);
    const { outcome, account } = await runOne(this.service, input.accountId, command, call);
    return presentHolding(outcome, account);
  }
}
