import { Arg, Mutation, Resolver } from 'type-graphql';
import type { LedgerService } from '../../service/ledger-service';
import { Access, rule } from '../access/rule';
import { accountsOf } from '../reversal/accounts-of';
import { Call, type CommandCall, runOne } from '../run-one';
import { ReleaseHoldInput, toCommand } from './release-hold-input';
import { presentReleasing, ReleaseHoldPayload } from './release-hold-payload';

@Resolver()
export class ReleaseHoldResolver {
  constructor(private readonly service: LedgerService) {}

  @Access(rule('points:spend', accountsOf))
  @Mutation(() => ReleaseHoldPayload, {
    nullable: true,
    description:
      'Gives what a hold still holds back to its lots. Points that come back to a lot past its expiry ' +
      'are gone at once. Null only together with a top-level error at its path.',
  })
  async releaseHold(
    @Arg('input', () => ReleaseHoldInput, { description: 'The release.' })
    input: ReleaseHoldInput,
    @Call() call: CommandCall,
  ): Promise<ReleaseHoldPayload> {
    const command = toCommand(input);
    const { outcome, account } = await runOne(this.service, input.accountId, command, call);
    return presentReleasing(outcome, account);
  }
}
