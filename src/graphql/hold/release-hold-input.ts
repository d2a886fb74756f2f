import { Field, InputType } from 'type-graphql';
import type { ReleaseHold } from '../../ledger/command';
import { AccountIdField } from '../account/account-arg';
import { IdempotencyKeyField, ReferenceField } from '../change-input';
import { targetOf } from '../reversal/target-of';
import { ID } from '../scalars/id';

@InputType({ description: 'A hold to release.' })
export class ReleaseHoldInput {
  @AccountIdField()
  readonly accountId!: string;

  @Field(() => ID, { description: 'The id of the hold.' })
  readonly id!: string;

  @ReferenceField()
  readonly reference?: string | null;

  @IdempotencyKeyField()
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
