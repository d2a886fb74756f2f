import { Field, InputType } from 'type-graphql';
import type { SpendPoints } from '../../ledger/command';
import { accountIdDescription, defaultAccountId } from '../account/account-arg';
import { idempotencyKeyDescription, referenceDescription } from '../change-descriptions';
import { ID } from '../scalars/id';
import { Points } from '../scalars/points';
import { choicesOf, PayerChoice, payersDescription, upToDescription } from './payer-choice';

@InputType({ description: 'Points to spend, the oldest first, across all payers.' })
export class SpendPointsInput {
  @Field(() => ID, { defaultValue: defaultAccountId, description: accountIdDescription })
  readonly accountId!: string;

  @Field(() => Points, { description: 'How many. Zero or less is refused.' })
  readonly points!: number;

  @Field(() => PayerChoice, { nullable: true, description: payersDescription })
  readonly payers?: PayerChoice | null;

  @Field(() => Boolean, { defaultValue: false, description: upToDescription })
  readonly upTo!: boolean;

  @Field(() => String, { nullable: true, description: referenceDescription })
  readonly reference?: string | null;

  @Field(() => String, { nullable: true, description: idempotencyKeyDescription })
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
