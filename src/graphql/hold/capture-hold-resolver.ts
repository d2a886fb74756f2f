import { Arg, Mutation, Resolver } from 'type-graphql';
import type { LedgerService } from '../../service/ledger-service';
import { Access, rule } from '../access/rule';
import { accountsOf } from '../reversal/accounts-of';
import { Call, type CommandCall, runOne } from '../run-one';
import { CaptureHoldInput, toCommand } from './capture-hold-input';
import { CaptureHoldPayload, presentCapture } from './capture-hold-payload';

@Resolver()
export class CaptureHoldResolver {
  constructor(private readonly service: LedgerService) {}

  @Access(rule('points:spend', accountsOf))
  @Mutation(() => CaptureHoldPayload, {
    nullable: true,
    description:
      'Spends held points, the first taken first. The rest goes back to its lots unless keepRest is ' +
      'set. A capture of everything that is held ends the hold. Null only together with a top-level ' +
      'error at its path.',
  })
  async captureHold(
    @Arg('input', () => CaptureHoldInput, { description: 'The capture.' })
    input: CaptureHoldInput,
    @Call() call: CommandCall,
  ): Promise<CaptureHoldPayload> {
    const command = toCommand(input);
    const { outcome, account } = await runOne(this.service, input.accountId, command, call);
    return presentCapture(outcome, account);
  }
}
