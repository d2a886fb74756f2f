import { Field, ObjectType } from 'type-graphql';
import type { Entry as LedgerEntry } from '../ledger/entry';
import type { Outcome } from '../service/ledger-service';
import { Access, ofNamedAccount } from './access/rule';
import { Account } from './account/account';
import { presentRefusal } from './user-error/present-refusal';
import { UserError } from './user-error/user-error';

/** What the payloads of all changes have, beside the entry. */
export abstract class Change {
  readonly account!: Account | null;
  readonly replayed!: boolean;
  readonly errors!: readonly UserError[];
}

const accountDescription =
  'The account as it is now, in one consistent state that includes this change; also on a replay ' +
  'and on a refusal; null if the account is unknown.';

const replayedDescription =
  'True if an accepted change of this account already has the idempotency key: the result is that ' +
  'of the first call, and nothing was added. Replays are found before balances are checked.';

const errorsDescription =
  'On a refusal, one error: the first that applies in the order of UserErrorCode. Otherwise empty.';

/**
 * Declares the payload of a change: after the fields of its class, those of {@link Change}.
 *
 * @param inBulk what else the descriptions of fields say of a bulk call.
 */
export function ChangePayload(
  description: string,
  inBulk = { account: '', replayed: '' },
): ClassDecorator {
  const account = accountDescription + inBulk.account;
  const replayed = replayedDescription + inBulk.replayed;
  return (payload) => {
    const fields = payload.prototype;
    Field(() => Account, { nullable: true, description: account })(fields, 'account');
    Access(ofNamedAccount)(fields, 'account');
    Field(() => Boolean, { description: replayed })(fields, 'replayed');
    Field(() => [UserError], { description: errorsDescription })(fields, 'errors');
    ObjectType({ simpleResolvers: true, description })(payload);
  };
}

const noErrors: readonly UserError[] = [];

/**
 * Returns what all payloads have.
 * @param parent the path from the root of the input to the change.
 */
export function presentChange(
  outcome: Outcome,
  account: Account | null,
  parent?: readonly string[],
): Change {
  if (outcome.kind === 'refused') {
    return { account, replayed: false, errors: [presentRefusal(outcome.refusal, parent)] };
  }
  return { account, replayed: outcome.kind === 'replayed', errors: noErrors };
}

/** Returns the entry as `present` shows it; null on a refusal. */
export function presentAccepted<Shown>(
  outcome: Outcome,
  present: (entry: LedgerEntry) => Shown,
): Shown | null {
  return outcome.kind === 'refused' ? null : present(outcome.entry);
}
