import fc from 'fast-check';

const surrogatesFrom = 0xd800;
const surrogates = 0x800;
const last = 0x10ffff;

/**
 * Any code point but surrogates, to be the unit of `fc.string`. fast-check's own unit `binary` has
 * the same characters, but makes a map of all of them: half a second and 100 MB in each file.
 */
export const anyCharacter = fc
  .integer({ min: 0, max: last - surrogates })
  .map(characterAt, placeOf);

function characterAt(place: number): string {
  return String.fromCodePoint(place < surrogatesFrom ? place : place + surrogates);
}

function placeOf(value: unknown): number {
  const code = typeof value === 'string' && value.isWellFormed() ? value.codePointAt(0) : undefined;
  if (code === undefined || String.fromCodePoint(code) !== value) {
    throw new Error(`${String(value)} is not one character.`);
  }
  return code < surrogatesFrom ? code : code - surrogates;
}
