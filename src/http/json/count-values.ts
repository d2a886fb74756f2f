import { beginsNumber, codes, isBetweenTokens, tokenEnd } from './tokens';

interface ValueCount {
  /** Values inside the object at the path, without itself; lists and objects are values. */
  readonly inside: number;
  readonly beside: number;
  /** True if a number has a fraction, an exponent or more digits than a double always keeps. */
  readonly hasLongNumber: boolean;
}

/**
 * Counts the values of a text before it is parsed: one pass, which ends as soon as either count
 * exceeds `most`. The text need not be valid JSON; the counts then limit what JSON.parse reads
 * before it fails. A name with escapes does not match the path.
 * @param path names of members, from the root.
 */
export function countValues(text: string, path: readonly string[], most: number): ValueCount {
  let [inside, beside, depth, level] = [0, 0, 0, 0];
  let hasLongNumber = false;
  let isNextOfPath = false;
  for (let at = 0; at < text.length && inside <= most && beside <= most; ) {
    const code = text.charCodeAt(at);
    if (isBetweenTokens(code)) {
      at += 1;
      continue;
    }
    const end = tokenEnd(text, at);
    if (code === codes.closeObject || code === codes.closeList) {
      if (level > 0 && depth === level + 1) level -= 1;
      depth -= 1;
    } else if (code === codes.quote && isName(text, end)) {
      isNextOfPath = depth === level + 1 && text.slice(at + 1, end - 1) === path[level];
    } else {
      if (level === path.length) inside += 1;
      else beside += 1;
      if (code === codes.openObject || code === codes.openList) depth += 1;
      else hasLongNumber ||= beginsNumber(code) && isLong(text.slice(at, end));
      if (code === codes.openObject && isNextOfPath) level += 1;
      isNextOfPath = false;
    }
    at = end;
  }
  return { inside, beside, hasLongNumber };
}

function isName(text: string, end: number): boolean {
  let at = end;
  while (at < text.length && text.charCodeAt(at) <= codes.space) at += 1;
  return text.charCodeAt(at) === codes.colon;
}

const lengthKept = 15;

function isLong(number: string): boolean {
  return number.length > lengthKept || /[.eE]/.test(number);
}
