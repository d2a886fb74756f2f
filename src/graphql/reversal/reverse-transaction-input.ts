import { Field, InputType } from 'type-graphql';
import type { ReverseTransaction } from '../../ledger/command';
import { AccountIdField } from '../account/account-arg';
import { IdempotencyKeyField, ReferenceField } from '../change-input';
import { ID } from '../scalars/id';
import { Points } from '../scalars/points';
import { SpentPart } from '../transaction/spent-part';
import { targetOf } from './target-of';

@InputType({ description: 'A grant to take back, or a debit to lift, fully or in part.' })
export class ReverseTransactionInput {
  @AccountIdField()
  readonly accountId!: string;

  @Field(() => ID, { description: 'The id of the transaction.' })
  readonly id!: string;

  @Field(() => Points, {
    nullable: true,
    description:
      'How many, always positive, also to lift a debit. Zero or less is refused. Null for ' +
      'everything that can be reversed: of a grant what is neither reversed nor expired nor ' +
      "settled, of a debit what the payer's debits still cover.",
  })
  readonly points?: number | null;

  @Field(() => SpentPart, {
    defaultValue: SpentPart.REFUSE,
    description:
      'What happens if some of the points of a grant are spent. Of no effect on a debit.',
  })
  readonly spentPart!: SpentPart;

  @ReferenceField()
  readonly reference?: string | null;

  @IdempotencyKeyField()
  readonly idempotencyKey?: string | null;
}

export function toCommand(input: ReverseTransactionInput): ReverseTransaction {
  return {
    kind: 'reverseTransaction',
    ...targetOf(input.accountId, input.id),
    points: input.points ?? null,
    spentPart: input.spentPart,
    reference: input.reference ?? null,
    idempotencyKey: input.idempotencyKey ?? null,
  };
}
