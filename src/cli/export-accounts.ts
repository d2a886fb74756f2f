import { compareCodePoints } from '../journal/code-point-order';
import { textProblem } from '../ledger/text';
import { CommandError } from './command-error';

/**
 * Returns the accounts that `--account` names, by code point and each once; null for all accounts.
 * @throws CommandError if one of them cannot be an account.
 */
export function accountsNamed(ids: readonly string[]): readonly string[] | null {
  for (const id of ids) {
    const problem = textProblem(id);
    if (problem !== null) throw new CommandError(`--account ${problem}.`);
  }
  return ids.length === 0 ? null : [...new Set(ids)].sort(compareCodePoints);
}

/**
 * Called before anything is written: an account that is misspelled would be an empty export.
 * @throws CommandError if some of the accounts have no entry.
 */
export async function checkAccounts(
  ids: readonly string[] | null,
  hasEntries: (id: string) => Promise<boolean>,
): Promise<void> {
  const missing: string[] = [];
  for (const id of ids ?? []) if (!(await hasEntries(id))) missing.push(JSON.stringify(id));
  if (missing.length === 0) return;
  const accounts = missing.length === 1 ? 'account' : 'accounts';
  throw new CommandError(
    `There is no entry of the ${accounts} ${missing.join(', ')}. Nothing was written; ids are ` +
      'compared exactly, upper and lower case included.',
  );
}
