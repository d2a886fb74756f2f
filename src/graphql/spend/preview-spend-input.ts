import { Field, InputType } from 'type-graphql';
import { AccountIdField } from '../account/account-arg';
import { atDescription } from '../account/read-at';
import { DateTime } from '../scalars/date-time';
import { Points } from '../scalars/points';
import { PayerChoice, payersDescription, upToDescription } from './payer-choice';

@InputType({ description: 'A spend to preview.' })
export class PreviewSpendInput {
  @AccountIdField()
  readonly accountId!: string;

  @Field(() => Points, { description: 'How many. Zero or less is refused.' })
  readonly points!: number;

  @Field(() => PayerChoice, { nullable: true, description: payersDescription })
  readonly payers?: PayerChoice | null;

  @Field(() => Boolean, { defaultValue: false, description: upToDescription })
  readonly upTo!: boolean;

  @Field(() => DateTime, { nullable: true, description: atDescription })
  readonly at?: number | null;
}
