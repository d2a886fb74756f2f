import { characterTable } from './character-table';
import { invariant } from './invariant';

/** The letters of `character-table.ts`, which says what each of them means. */
type CharacterTrait = 'h' | 'b' | 'c' | 's' | 'p' | 'm' | 'v' | 'l' | 'r' | 't';

/** The ranges of the table in ascending order; those in between have no traits. */
const ranges = characterTable.trim().split(/\s+/).map(readRange);
const lasts = Uint32Array.from(ranges, ({ last }) => last);

/** True if the table gives a code point this trait. O(log n) in the ranges of the table. */
export function hasTrait(codePoint: number, trait: CharacterTrait): boolean {
  const range = ranges[firstEndingAt(codePoint)];
  return range !== undefined && codePoint >= range.first && range.traits.includes(trait);
}

/**
 * True if a reader sees the character by itself: a letter, number, punctuation mark or symbol, or a
 * code point without an assigned character, for which fonts draw a box.
 */
export function isVisible(codePoint: number): boolean {
  return !hasTrait(codePoint, 'b');
}

/** Returns the index of the first range whose last code point is not below this one. */
function firstEndingAt(codePoint: number): number {
  let low = 0;
  let high = lasts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (lasts[middle]! < codePoint) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readRange(token: string): { first: number; last: number; traits: string } {
  const [, first = '', last = first, traits] =
    /^([\da-f]+)(?:-([\da-f]+))?:([a-z]+)$/.exec(token) ?? [];
  invariant(traits !== undefined, 'the table of characters holds ranges with traits');
  return { first: Number.parseInt(first, 16), last: Number.parseInt(last, 16), traits };
}
