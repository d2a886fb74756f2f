import { Field, ObjectType } from 'type-graphql';
import type { Outcome } from '../../service/ledger-service';
import { Access, ofNamedAccount } from '../access/rule';
import { Account } from '../account/account';
import {
  accountAfterDescription,
  errorsDescription,
  replayedDescription,
} from '../change-descriptions';
import { presentSpend } from '../entry/present-entry';
import { Spend } from '../entry/spend';
import { presentRefusal } from '../user-error/present-refusal';
import { UserError } from '../user-error/user-error';

@ObjectType({ simpleResolvers: true, description: 'The result of the capture of a hold.' })
export class CaptureHoldPayload {
  @Field(() => Spend, {
    nullable: true,
    description: 'The spend as accepted; null on a refusal.',
  })
  readonly spend!: Spend | null;

  @Access(ofNamedAccount)
  @Field(() => Account, { nullable: true, description: accountAfterDescription })
  readonly account!: Account | null;

  @Field(() => Boolean, { description: replayedDescription })
  readonly replayed!: boolean;

  @Field(() => [UserError], { description: errorsDescription })
  readonly errors!: readonly UserError[];
}

export function presentCapture(outcome: Outcome, account: Account | null): CaptureHoldPayload {
  if (outcome.kind === 'refused') {
    const errors = [presentRefusal(outcome.refusal)];
    return { spend: null, account, replayed: false, errors };
  }
  const spend = presentSpend(outcome.entry);
  return { spend, account, replayed: outcome.kind === 'replayed', errors: [] };
}
