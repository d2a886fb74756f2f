import { Field, ObjectType } from 'type-graphql';
import type { Outcome } from '../../service/ledger-service';
import type { Account } from '../account/account';
import {
  AccountField,
  ErrorsField,
  presentAccepted,
  presentChange,
  ReplayedField,
} from '../change-payload';
import { presentSpend } from '../entry/present-entry';
import { Spend } from '../entry/spend';
import type { UserError } from '../user-error/user-error';

@ObjectType({ simpleResolvers: true, description: 'The result of the capture of a hold.' })
export class CaptureHoldPayload {
  @Field(() => Spend, {
    nullable: true,
    description: 'The spend as accepted; null on a refusal.',
  })
  readonly spend!: Spend | null;

  @AccountField()
  readonly account!: Account | null;

  @ReplayedField()
  readonly replayed!: boolean;

  @ErrorsField()
  readonly errors!: readonly UserError[];
}

export function presentCapture(outcome: Outcome, account: Account | null): CaptureHoldPayload {
  return { spend: presentAccepted(outcome, presentSpend), ...presentChange(outcome, account) };
}
