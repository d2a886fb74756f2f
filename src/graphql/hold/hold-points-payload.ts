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
import { Hold } from '../entry/hold';
import { presentHold } from '../entry/present-entry';
import type { UserError } from '../user-error/user-error';

@ObjectType({ simpleResolvers: true, description: 'The result of a hold.' })
export class HoldPointsPayload {
  @Field(() => Hold, {
    nullable: true,
    description: 'The hold as accepted; null on a refusal.',
  })
  readonly hold!: Hold | null;

  @AccountField()
  readonly account!: Account | null;

  @ReplayedField()
  readonly replayed!: boolean;

  @ErrorsField()
  readonly errors!: readonly UserError[];
}

export function presentHolding(outcome: Outcome, account: Account | null): HoldPointsPayload {
  return { hold: presentAccepted(outcome, presentHold), ...presentChange(outcome, account) };
}
