import { Field, InputType } from 'type-graphql';
import type { HoldPoints } from '../../ledger/command';
import { accountIdDescription, defaultAccountId } from '../account/account-arg';
import { idempotencyKeyDescription, referenceDescription } from '../change-descriptions';
import { DateTime } from '../scalars/date-time';
import { ID } from '../scalars/id';
import { Points } from '../scalars/points';
import { choicesOf, PayerChoice, payersDescription, upToDescription } from '../spend/payer-choice';

@InputType({ description: 'Points to hold, the oldest first.' })
export class HoldPointsInput {
  @Field(() => ID, { defaultValue: defaultAccountId, description: accountIdDescription })
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

  @Field(() => String, { nullable: true, description: referenceDescription })
  readonly reference?: string | null;

  @Field(() => String, { nullable: true, description: idempotencyKeyDescription })
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
