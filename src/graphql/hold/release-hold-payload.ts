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
import { presentRelease } from '../entry/present-entry';
import { Release } from '../entry/release';
import type { UserError } from '../user-error/user-error';

@ObjectType({ simpleResolvers: true, description: 'The result of the release of a hold.' })
export class ReleaseHoldPayload {
  @Field(() => Release, {
    nullable: true,
    description: 'The release as accepted; null on a refusal.',
  })
  readonly release!: Release | null;

  @AccountField()
  readonly account!: Account | null;

  @ReplayedField()
  readonly replayed!: boolean;

  @ErrorsField()
  readonly errors!: readonly UserError[];
}

export function presentReleasing(outcome: Outcome, account: Account | null): ReleaseHoldPayload {
  return { release: presentAccepted(outcome, presentRelease), ...presentChange(outcome, account) };
}
