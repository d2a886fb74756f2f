import { broken } from '../ledger/invariant';
import { UnknownEntry } from './journal-error';

/** Makes the error of a part of an entry that a newer version wrote, for `entryOf` to complete. */
export function unknownPartOf(what: string): UnknownEntry {
  return new UnknownEntry('store', what);
}

/**
 * Reads a JSON object that has these members, and perhaps the optional ones.
 * @throws UnknownEntry if it has others.
 */
export function membersOf<Members extends object>(
  column: 'input' | 'outcome',
  text: string,
  names: readonly (keyof Members & string)[],
  optional: readonly (keyof Members & string)[] = [],
): Members {
  const value = JSON.parse(text) as Members;
  checkMembers(column, value, names, optional);
  return value;
}

/** @throws UnknownEntry if the value has a member that is not listed. */
export function checkMembers(
  where: string,
  value: object,
  names: readonly string[],
  optional: readonly string[] = [],
): void {
  for (const name of Object.keys(value)) {
    if (names.includes(name) || optional.includes(name)) continue;
    throw unknownPartOf(`has ${JSON.stringify(name)} in ${where}`);
  }
  const missing = names.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) broken(`${where} of an entry lacks ${JSON.stringify(missing)}`);
}
