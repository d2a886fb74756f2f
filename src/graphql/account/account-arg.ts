import { Field } from 'type-graphql';
import { ID } from '../scalars/id';

/** The account of requests that name none. */
export const defaultAccountId = 'default';

export const accountIdDescription =
  'Any text of 1 to 255 UTF-16 code units, not blank, no control character (\\p{Cc}), well-formed ' +
  'Unicode; nothing is trimmed or case-folded. An account exists from its first accepted change; a ' +
  'new id must also display something and hide nothing (see INVALID_ACCOUNT).';

/** Declares the account of an input. */
export function AccountIdField(): PropertyDecorator {
  return Field(() => ID, { defaultValue: defaultAccountId, description: accountIdDescription });
}
