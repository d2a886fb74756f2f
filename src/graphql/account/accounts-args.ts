import { ArgsType, Field } from 'type-graphql';
import { textProblem } from '../../ledger/text';
import { badUserInput } from '../bad-user-input';
import { PageArgs } from '../page/page-args';

@ArgsType()
export class AccountsArgs extends PageArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Only accounts whose id starts with this text. Case matters. Empty: all accounts.',
  })
  readonly startsWith?: string | null;
}

/**
 * Returns the prefix, empty for all accounts.
 *
 * @throws BAD_USER_INPUT for a text that no id can start with.
 */
export function readPrefix({ startsWith }: AccountsArgs): string {
  const prefix = startsWith ?? '';
  // Ids are not blank, but may start with a blank.
  const problem = textProblem(prefix.trim() === '' ? `${prefix}x` : prefix);
  if (problem !== null) throw badUserInput(`startsWith ${problem}.`);
  return prefix;
}
