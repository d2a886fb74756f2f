import { Field, ObjectType } from 'type-graphql';
import type { Outcome } from '../../service/ledger-service';
import { Access, ofNamedAccount } from '../access/rule';
import { Account } from '../account/account';
import {
  accountAfterDescription,
  errorsDescription,
  replayedDescription,
} from '../change-descriptions';
import { presentRelease } from '../entry/present-entry';
import { Release } from '../entry/release';
import { presentRefusal } from '../user-error/present-refusal';
import { UserError } from '../user-error/user-error';

@ObjectType({ simpleResolvers: true, description: 'The result of the release of a hold.' })
export class ReleaseHoldPayload {
  @Field(() => Release, {
    nullable: true,
    description: 'The release as accepted; null on a refusal.',
  })
  readonly release!: Release | null;

  @Access(ofNamedAccount)
  @Field(() => Account, { nullable: true, description: accountAfterDescription })
  readonly account!: Account | null;

  @Field(() => Boolean, { description: replayedDescription })
  readonly replayed!: boolean;

  @Field(() => [UserError], { description: errorsDescription })
  readonly errors!: readonly UserError[];
}

export function presentReleasing(outcome: Outcome, account: Account | null): ReleaseHoldPayload {
  if (outcome.kind === 'refused') {
    const errors = [presentRefusal(outcome.refusal)];
    return { release: null, account, replayed: false, errors };
  }
  const release = presentRelease(outcome.entry);
  return { release, account, replayed: outcome.kind === 'replayed', errors: [] };
}
