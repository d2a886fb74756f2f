/**
 * Compares two texts by code point, as databases that store UTF-8 do. JavaScript's own `<` compares
 * UTF-16 code units, and so puts U+10000 (whose first unit is D800) before U+E000. O(length of the
 * common prefix).
 */
export function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const leftUnit = left.charCodeAt(index);
    const rightUnit = right.charCodeAt(index);
    if (leftUnit !== rightUnit) return rank(leftUnit) - rank(rightUnit);
  }
  return left.length - right.length;
}

/** Ranks the surrogates, halves of code points from U+10000 on, after all other code units. */
function rank(unit: number): number {
  const isSurrogate = unit >= 0xd800 && unit <= 0xdfff;
  return isSurrogate ? unit + 0x10000 : unit;
}
