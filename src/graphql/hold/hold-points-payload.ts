import { Field, ObjectType } from 'type-graphql';
import type { Outcome } from '../../service/ledger-service';
import { Access, ofNamedAccount } from '../access/rule';
import { Account } from '../account/account';
import {
  accountAfterDescription,
  errorsDescription,
  replayedDescription,
} from '../change-descriptions';
import { Hold } from '../entry/hold';
import { presentHold } from '../entry/present-entry';
import { presentRefusal } from '../user-error/present-refusal';
import { UserError } from '../user-error/user-error';

@ObjectType({ simpleResolvers: true, description: 'The result of a hold.' })
export class HoldPointsPayload {
  @Field(() => Hold, {
    nullable: true,
    description: 'The hold as accepted; null on a refusal.',
  })
  readonly hold!: Hold | null;

  @Access(ofNamedAccount)
  @Field(() => Account, { nullable: true, description: accountAfterDescription })
  readonly account!: Account | null;

  @Field(() => Boolean, { description: replayedDescription })
  readonly replayed!: boolean;

  @Field(() => [UserError], { description: errorsDescription })
  readonly errors!: readonly UserError[];
}

export function presentHolding(outcome: Outcome, account: Account | null): HoldPointsPayload {
  if (outcome.kind === 'refused') {
    const errors = [presentRefusal(outcome.refusal)];
    return { hold: null, account, replayed: false, errors };
  }
  const hold = presentHold(outcome.entry);
  return { hold, account, replayed: outcome.kind === 'replayed', errors: [] };
}
