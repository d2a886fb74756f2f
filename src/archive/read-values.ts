import type { JsonValues as Values } from '../import/json-object';
import { shownValue } from '../import/shown-value';
import { parseInstant } from '../ledger/instant';

/** A value of an export is wrong; the message says why. */
export class WrongValue extends Error {}

/**
 * Refuses unknown fields: a field of a newer version must not be lost.
 *
 * @throws WrongValue if there is another field.
 */
export function checkFields(values: Values, known: ReadonlySet<string>): void {
  const unknown = Object.keys(values).find((name) => !known.has(name));
  if (unknown !== undefined) throw new WrongValue(`there is no field ${shown(unknown)}`);
}

export function listOf(values: Values, name: string): unknown[] {
  const value = values[name];
  if (Array.isArray(value)) return value;
  throw new WrongValue(`${name} must be a list, and is ${shown(value)}`);
}

export function textOf(values: Values, name: string): string {
  const value = values[name];
  if (typeof value === 'string') return value;
  throw new WrongValue(`${name} must be a string, and is ${shown(value)}`);
}

export function textOrNull(values: Values, name: string): string | null {
  return values[name] === null ? null : textOf(values, name);
}

export function numberOf(values: Values, name: string): number {
  const value = values[name];
  if (Number.isSafeInteger(value)) return value as number;
  throw new WrongValue(`${name} must be a whole number, and is ${shown(value)}`);
}

export function flagOf(values: Values, name: string): boolean {
  const value = values[name];
  if (typeof value === 'boolean') return value;
  throw new WrongValue(`${name} must be true or false, and is ${shown(value)}`);
}

export function numberOrNull(values: Values, name: string): number | null {
  return values[name] === null ? null : numberOf(values, name);
}

export function instantOf(values: Values, name: string): number {
  const text = textOf(values, name);
  const instant = parseInstant(text);
  if (typeof instant === 'number') return instant;
  throw new WrongValue(`${name} is ${shown(text)}: ${instant}`);
}

/** Returns an object with the instant of this name, or an empty one if it is absent. */
export function instantUnlessAbsent<Name extends string>(
  values: Values,
  name: Name,
): { readonly [Key in Name]?: number } {
  if (values[name] === undefined) return {};
  return { [name]: instantOf(values, name) } as { readonly [Key in Name]?: number };
}

export function shown(value: unknown): string {
  return value === undefined ? 'missing' : shownValue(value);
}
