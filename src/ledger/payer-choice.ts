import { compareCodePoints } from './code-point-order';

/**
 * The payers whose points are taken: these only, or all but these. An unknown name has 0 points.
 */
export type PayerChoice =
  | { readonly only: readonly string[] }
  | { readonly except: readonly string[] };

/** The most different names of a choice. */
export const chosenPayersMax = 100;

export function namesOf(choice: PayerChoice): readonly string[] {
  return 'only' in choice ? choice.only : choice.except;
}

/** Returns the choice as entries store it: each name once, by code point. */
export function canonicalChoice(choice: PayerChoice): PayerChoice {
  const names = [...new Set(namesOf(choice))].sort(compareCodePoints);
  return 'only' in choice ? { only: names } : { except: names };
}

/** True if both choose the same payers by the same list. Absent is no choice. */
export function isSameChoice(a: PayerChoice | undefined, b: PayerChoice | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if ('only' in a !== 'only' in b) return false;
  const names = new Set(namesOf(a));
  const others = new Set(namesOf(b));
  return names.size === others.size && [...names].every((name) => others.has(name));
}
