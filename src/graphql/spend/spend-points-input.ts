import { Field, InputType } from 'type-graphql';
import type { SpendPoints } from '../../ledger/command';
import { AccountIdField } from '../account/account-arg';
import { IdempotencyKeyField, ReferenceField } from '../change-input';
import { Points } from '../scalars/points';
import { choicesOf, PayerChoice, payersDescription, upToDescription } from './payer-choice';

@InputType({ description: 'Points to spend, the oldest first, across all payers.' })
export class SpendPointsInput {
  @AccountIdField()
  readonly accountId!: string;

  @Field(() => Points, { description: 'How many. Zero or less is refused.' })
  readonly points!: number;

  @Field(() => PayerChoice, { nullable: true, description: payersDescription })
  readonly payers?: PayerChoice | null;

  @Field(() => Boolean, { defaultValue: false, description: upToDescription })
  readonly upTo!: boolean;

  @ReferenceField()
  readonly reference?: string | null;

  @IdempotencyKeyField()
  readonly idempotencyKey?: string | null;
}

export function toCommand(input: SpendPointsInput): SpendPoints {
  return {
    kind: 'spendPoints',
    points: input.points,
    ...choicesOf(input),
    reference: input.reference ?? null,
    idempotencyKey: input.idempotencyKey ?? null,
  };
}
