import { shownName } from '../ledger/shown-name';
import type { FieldOf } from './column-rules';
import { jsonMembers } from './json-members';
import { shownValue } from './shown-value';

/**
 * Returns a value of a JSON line for a message, truncated: as it is written, since parsing rounds
 * the digits of a number.
 * @param text the line, which must have been parsed before.
 * @param field what the value's name means.
 */
export function writtenValue(
  text: string,
  value: unknown,
  field: ReturnType<FieldOf>,
  fieldOf: FieldOf,
): string {
  if (typeof value === 'string') return shownValue(value);
  const member = jsonMembers(text).members.findLast(({ name }) => fieldOf(name) === field);
  if (member === undefined) return shownValue(value);
  return shownName(text.slice(member.valueStart, member.valueEnd));
}
