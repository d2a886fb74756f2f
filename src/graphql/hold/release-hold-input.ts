import { Field, InputType } from 'type-graphql';
import type { ReleaseHold } from '../../ledger/command';
import { accountIdDescription, defaultAccountId } from '../account/account-arg';
import { idempotencyKeyDescription, referenceDescription } from '../change-descriptions';
import { targetOf } from '../reversal/target-of';
import { ID } from '../scalars/id';

@InputType({ description: 'A hold to release.' })
export class ReleaseHoldInput {
  @Field(() => ID, { defaultValue: defaultAccountId, description: accountIdDescription })
  readonly accountId!: string;

  @Field(() => ID, { description: 'The id of the hold.' })
  readonly id!: string;

  @Field(() => String, { nullable: true, description: referenceDescription })
  readonly reference?: string | null;

  @Field(() => String, { nullable: true, description: idempotencyKeyDescription })
  readonly idempotencyKey?: string | null;
}

export function toCommand(input: ReleaseHoldInput): ReleaseHold {
  return {
    kind: 'releaseHold',
    ...targetOf(input.accountId, input.id),
    reference: input.reference ?? null,
    idempotencyKey: input.idempotencyKey ?? null,
  };
}
