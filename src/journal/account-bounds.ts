import { compareCodePoints } from './code-point-order';
import type { AccountRange } from './journal';

/** Bounds on account ids by code point; null for none. */
interface AccountBounds {
  /** Inclusive. */
  readonly from: string | null;
  /** Exclusive. */
  readonly after: string | null;
  /** Exclusive. */
  readonly before: string | null;
}

/** Turns the prefix of a range into bounds, so that an index serves it: [prefix, next prefix). */
export function accountBounds({ startsWith, after, before }: AccountRange): AccountBounds {
  if (!startsWith) return { from: null, after, before };
  const end = nextPrefix(startsWith);
  const isBeforeEnd = before !== null && (end === null || compareCodePoints(before, end) < 0);
  return { from: startsWith, after, before: isBeforeEnd ? before : end };
}

const lastCodePoint = 0x10ffff;
const surrogates = { first: 0xd800, last: 0xdfff };

/**
 * Returns the first text by code point that is after every text with this prefix; null if there is
 * none.
 */
export function nextPrefix(prefix: string): string | null {
  const points = Array.from(prefix, (character) => character.codePointAt(0)!);
  while (points.at(-1) === lastCodePoint) points.pop();
  const last = points.pop();
  if (last === undefined) return null;
  const next = last + 1 === surrogates.first ? surrogates.last + 1 : last + 1;
  return String.fromCodePoint(...points, next);
}
