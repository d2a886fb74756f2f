import { Field, InputType } from 'type-graphql';
import type { CaptureHold } from '../../ledger/command';
import { AccountIdField } from '../account/account-arg';
import { IdempotencyKeyField, ReferenceField } from '../change-input';
import { targetOf } from '../reversal/target-of';
import { ID } from '../scalars/id';
import { Points } from '../scalars/points';

@InputType({ description: 'A hold to capture, fully or in part.' })
export class CaptureHoldInput {
  @AccountIdField()
  readonly accountId!: string;

  @Field(() => ID, { description: 'The id of the hold.' })
  readonly id!: string;

  @Field(() => Points, {
    nullable: true,
    description:
      'How many, at most what is held. Zero or less is refused. Null for everything that is held.',
  })
  readonly points?: number | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'True keeps the rest held; otherwise it is given back to its lots.',
  })
  readonly keepRest!: boolean;

  @ReferenceField()
  readonly reference?: string | null;

  @IdempotencyKeyField()
  readonly idempotencyKey?: string | null;
}

export function toCommand(input: CaptureHoldInput): CaptureHold {
  return {
    kind: 'captureHold',
    ...targetOf(input.accountId, input.id),
    points: input.points ?? null,
    keepRest: input.keepRest,
    reference: input.reference ?? null,
    idempotencyKey: input.idempotencyKey ?? null,
  };
}
