import { Field, InputType } from 'type-graphql';
import type { AddTransaction } from '../../ledger/command';
import type { Writable } from '../../ledger/writable';
import { AccountIdField } from '../account/account-arg';
import { IdempotencyKeyField, ReferenceField } from '../change-input';
import { DateTime } from '../scalars/date-time';
import { Points } from '../scalars/points';

@InputType({ description: 'Points of a payer to grant to an account, or to take back from it.' })
export class AddTransactionInput {
  @AccountIdField()
  readonly accountId!: string;

  @Field(() => String, {
    description:
      'Who grants the points, compared exactly: 1 to 255 UTF-16 code units, not blank, no control ' +
      'character (\\p{Cc}), well-formed Unicode. Nothing is trimmed or case-folded. A payer that is new in ' +
      'the account must also display something and hide nothing (see INVALID_PAYER).',
  })
  readonly payer!: string;

  @Field(() => Points, {
    description:
      'Positive points are earned; negative points are taken back from this payer. Zero is refused.',
  })
  readonly points!: number;

  @Field(() => DateTime, {
    description:
      'When the points were earned: the oldest are spent first. Transactions may arrive in any order.',
  })
  readonly timestamp!: number;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Of a grant: when the points begin. Until then they are pending: in no balance, and not to be ' +
      'spent. Null, or an instant that has passed, for at once.',
  })
  readonly availableFrom?: number | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Of a grant: from this instant on, what is unspent of the points is gone. Later than now and ' +
      'than availableFrom; it never changes. Null for never.',
  })
  readonly expiresAt?: number | null;

  @ReferenceField()
  readonly reference?: string | null;

  @IdempotencyKeyField()
  readonly idempotencyKey?: string | null;
}

export function toCommand(input: AddTransactionInput): AddTransaction {
  const { availableFrom, expiresAt } = input;
  const command: Writable<AddTransaction> = {
    kind: 'addTransaction',
    payer: input.payer,
    points: input.points,
    timestamp: input.timestamp,
    reference: input.reference ?? null,
    idempotencyKey: input.idempotencyKey ?? null,
  };
  // One by one: spreading objects costs a microsecond.
  if (availableFrom != null) command.availableFrom = availableFrom;
  if (expiresAt != null) command.expiresAt = expiresAt;
  return command;
}
