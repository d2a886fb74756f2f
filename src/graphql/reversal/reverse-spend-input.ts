import { Field, InputType } from 'type-graphql';
import type { ReverseSpend } from '../../ledger/command';
import { AccountIdField } from '../account/account-arg';
import { IdempotencyKeyField, ReferenceField } from '../change-input';
import { ID } from '../scalars/id';
import { Points } from '../scalars/points';
import { targetOf } from './target-of';

@InputType({ description: 'A spend to reverse, fully or in part.' })
export class ReverseSpendInput {
  @AccountIdField()
  readonly accountId!: string;

  @Field(() => ID, { description: 'The id of the spend.' })
  readonly id!: string;

  @Field(() => Points, {
    nullable: true,
    description:
      'How many, at most what is not reversed yet. Zero or less is refused. Null for everything ' +
      'that can be reversed.',
  })
  readonly points?: number | null;

  @ReferenceField()
  readonly reference?: string | null;

  @IdempotencyKeyField()
  readonly idempotencyKey?: string | null;
}

export function toCommand(input: ReverseSpendInput): ReverseSpend {
  return {
    kind: 'reverseSpend',
    ...targetOf(input.accountId, input.id),
    points: input.points ?? null,
    reference: input.reference ?? null,
    idempotencyKey: input.idempotencyKey ?? null,
  };
}
