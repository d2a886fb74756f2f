/** The most UTF-16 code units that an account, a payer, a reference or a key may have. */
export const textLengthMax = 255;

const controlCharacter = /\p{Cc}/u;

/**
 * Whether a text may name something: 1 to 255 UTF-16 code units, not blank, no control character
 * and no lone surrogate (stores turn each of those into the same replacement character, and two
 * names would become one).
 */
export function isText(text: string): boolean {
  return (
    text.length <= textLengthMax &&
    text.trim() !== '' &&
    text.isWellFormed() &&
    !controlCharacter.test(text)
  );
}

/** What `isText` asks for, to be put behind the name of a field. */
export const textRule = `must be 1 to ${textLengthMax} characters, not blank, without control characters and well-formed Unicode`;
