import type { Survey } from './survey-import';

/** True if no row of a file names an account: a ledger without a default account refuses all. */
export function namesNoAccount({ withoutAccount, accepted }: Survey): boolean {
  return withoutAccount > 0 && withoutAccount === accepted;
}

/** Says why such a file is refused, in a sentence to be followed by what to do. */
export const noAccountText =
  'No row of the file names its account, and this ledger has no default account.';
