import { Field, InputType } from 'type-graphql';
import type { HoldPoints } from '../../ledger/command';
import { AccountIdField } from '../account/account-arg';
import { IdempotencyKeyField, ReferenceField } from '../change-input';
import { DateTime } from '../scalars/date-time';
import { Points } from '../scalars/points';
import { choicesOf, PayerChoice, payersDescription, upToDescription } from '../spend/payer-choice';

@InputType({ description: 'Points to hold, the oldest first.' })
export class HoldPointsInput {
  @AccountIdField()
  readonly accountId!: string;

  @Field(() => Points, { description: 'How many. Zero or less is refused.' })
  readonly points!: number;

  @Field(() => PayerChoice, { nullable: true, description: payersDescription })
  readonly payers?: PayerChoice | null;

  @Field(() => Boolean, { defaultValue: false, description: upToDescription })
  readonly upTo!: boolean;

  @Field(() => DateTime, {
    description: 'When the hold ends, and gives back what it still has. Later than now.',
  })
  readonly expiresAt!: number;

  @ReferenceField()
  readonly reference?: string | null;

  @IdempotencyKeyField()
  readonly idempotencyKey?: string | null;
}

export function toCommand(input: HoldPointsInput): HoldPoints {
  return {
    kind: 'holdPoints',
    points: input.points,
    expiresAt: input.expiresAt,
    ...choicesOf(input),
    reference: input.reference ?? null,
    idempotencyKey: input.idempotencyKey ?? null,
  };
}
