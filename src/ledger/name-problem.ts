import { hasTrait, isVisible } from './character';

const zeroWidthNonJoiner = 0x200c;
const zeroWidthJoiner = 0x200d;
const emojiVariationSelector = 0xfe0f;
const blackFlag = 0x1f3f4;
const tagSpace = 0xe0020;
const cancelTag = 0xe007f;

/** Most names: they display something and hide nothing, which is seen without the table. */
const printableAscii = /^[ -~]*[!-~][ -~]*$/;

/**
 * The region of a flag, in ASCII: a unicode_subdivision_id (UTS #35), such as `gbsct` or `ustx`.
 */
const subdivision = /^(?:[a-z]{2}|[0-9]{3})[0-9a-z]{1,4}$/;

/**
 * Returns what a new name hides, or that it displays nothing, and what would be right, to be put
 * behind the name of its field; null if there is no problem. The name is a text (`textProblem`
 * returns null). docs/rule.md states the rule. O(n log r) for n characters and r ranges of the
 * character table.
 */
export function nameProblem(name: string): string | null {
  if (printableAscii.test(name)) return null;
  const points = Array.from(name, (character) => character.codePointAt(0)!);
  for (let at = 0; at < points.length; ) {
    const flagLength = flagLengthAt(points, at);
    if (flagLength === 0 && isForbidden(points, at)) return hiddenProblem(points[at]!, at);
    at += Math.max(1, flagLength);
  }
  return points.some(isVisible) ? null : blankProblem(points);
}

/**
 * Returns the number of code points of the emoji flag that begins here, 0 if none does: U+1F3F4, a
 * region in tag characters, U+E007F.
 */
function flagLengthAt(points: readonly number[], at: number): number {
  if (points[at] !== blackFlag) return 0;
  const end = points.indexOf(cancelTag, at);
  if (end < 0) return 0;
  const tags = points.slice(at + 1, end);
  if (tags.some((tag) => tag < tagSpace || tag > cancelTag)) return 0;
  const region = String.fromCodePoint(...tags.map((tag) => tag - 0xe0000));
  return subdivision.test(region) ? end + 1 - at : 0;
}

/** True for a hidden character that no exception allows where it is. */
function isForbidden(points: readonly number[], at: number): boolean {
  const point = points[at]!;
  if (!hasTrait(point, 'h')) return false;
  if (hasTrait(point, 's')) return at === 0 || !takesVariation(points[at - 1]!);
  if (point === zeroWidthNonJoiner)
    return !followsVirama(points, at) && !isBetweenJoining(points, at);
  if (point === zeroWidthJoiner) return !followsVirama(points, at) && !isBetweenEmoji(points, at);
  return true;
}

/**
 * Returns true for what a variation sequence begins with: a base or a spacing mark (The Unicode
 * Standard, 23.4).
 */
function takesVariation(point: number): boolean {
  return isVisible(point) || hasTrait(point, 'c');
}

/** Applies the first rule of RFC 5892, A.1 and A.2. */
function followsVirama(points: readonly number[], at: number): boolean {
  return at > 0 && hasTrait(points[at - 1]!, 'v');
}

/** Applies the second rule of RFC 5892, A.1: `{L,D} T* U+200C T* {R,D}` by Joining_Type. */
function isBetweenJoining(points: readonly number[], at: number): boolean {
  let before = at - 1;
  while (before >= 0 && hasTrait(points[before]!, 't')) before -= 1;
  let after = at + 1;
  while (after < points.length && hasTrait(points[after]!, 't')) after += 1;
  return (
    before >= 0 &&
    after < points.length &&
    hasTrait(points[before]!, 'l') &&
    hasTrait(points[after]!, 'r')
  );
}

/**
 * Returns true after an emoji, with its variation selector or skin tone if it has one, and before
 * another.
 */
function isBetweenEmoji(points: readonly number[], at: number): boolean {
  if (at === 0 || at + 1 === points.length || !hasTrait(points[at + 1]!, 'p')) return false;
  if (hasTrait(points[at - 1]!, 'p')) return true;
  const isModified = points[at - 1] === emojiVariationSelector || hasTrait(points[at - 1]!, 'm');
  return isModified && at > 1 && hasTrait(points[at - 2]!, 'p');
}

function hiddenProblem(point: number, at: number): string {
  return `has ${placed(point, at)}, an invisible character; ${remedyOf(point)}`;
}

function remedyOf(point: number): string {
  if (point === zeroWidthNonJoiner) {
    return 'it is allowed only after a virama, or between two letters that it keeps from joining';
  }
  if (point === zeroWidthJoiner) return 'it is allowed only after a virama, or between two emoji';
  if (hasTrait(point, 's')) return 'it is allowed only directly after a visible character';
  if (point >= tagSpace && point <= cancelTag) {
    return 'it is allowed only in the emoji flag of a region: U+1F3F4, the tags of the region, U+E007F';
  }
  return 'remove it';
}

function blankProblem(points: readonly number[]): string {
  const at = points.findIndex((point) => point !== 0x20);
  return `has no character that is visible by itself, only such as ${placed(points[at]!, at)}; it must have a letter, number, punctuation mark or symbol`;
}

/** Shows a code point and where it is, so that it can be found in a text that does not show it. */
function placed(point: number, at: number): string {
  const code = point.toString(16).toUpperCase().padStart(4, '0');
  return `U+${code} at position ${at + 1} (counted in code points)`;
}
