import { Field } from 'type-graphql';
import type { Entry as LedgerEntry } from '../ledger/entry';
import type { Outcome } from '../service/ledger-service';
import { Access, ofNamedAccount } from './access/rule';
import { Account } from './account/account';
import { presentRefusal } from './user-error/present-refusal';
import { UserError } from './user-error/user-error';

/** What the payloads of all changes have, beside the entry. */
interface Change {
  readonly account: Account | null;
  readonly replayed: boolean;
  readonly errors: readonly UserError[];
}

const noErrors: readonly UserError[] = [];

/** Returns what all payloads have. @param parent the path from the root of the input to the change. */
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

/** Declares the account of a payload. @param more further sentences of its description. */
export function AccountField(more = ''): PropertyDecorator {
  const description =
    'The account as it is now, in one consistent state that includes this change; also on a replay ' +
    `and on a refusal; null if the account is unknown.${more}`;
  const declareField = Field(() => Account, { nullable: true, description });
  const declareAccess = Access(ofNamedAccount);
  return (target, name) => {
    declareField(target, name);
    declareAccess(target, name);
  };
}

/** Declares whether a payload is a replay. @param more further sentences of its description. */
export function ReplayedField(more = ''): PropertyDecorator {
  const description =
    'True if an accepted change of this account already has the idempotency key: the result is that ' +
    `of the first call, and nothing was added. Replays are found before balances are checked.${more}`;
  return Field(() => Boolean, { description });
}

/** Declares the errors of a payload. */
export function ErrorsField(): PropertyDecorator {
  const description =
    'On a refusal, one error: the first that applies in the order of UserErrorCode. Otherwise empty.';
  return Field(() => [UserError], { description });
}
