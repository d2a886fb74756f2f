/** The most UTF-16 code units that an account, a payer, a reference or a key may have. */
const textLengthMax = 255;

const controlCharacter = /\p{Cc}/u;

/**
 * Returns whether a text may name something: 1 to 255 UTF-16 code units, not blank, no control
 * character and no lone surrogate (stores turn each of those into the same replacement character,
 * and two names would become one).
 */
export function isText(text: string): boolean {
  return textProblem(text) === null;
}

/**
 * Returns what is wrong with a text, and what would be right, to be put behind the name of its
 * field.
 */
export function textProblem(text: string): string | null {
  if (text.length > textLengthMax) {
    return `has ${text.length} characters (UTF-16 code units); at most ${textLengthMax} are allowed`;
  }
  if (text.trim() === '') {
    return `is blank; it must be 1 to ${textLengthMax} characters, one of them not white space`;
  }
  if (!text.isWellFormed()) return 'has half of a surrogate pair; it must be well-formed Unicode';
  if (controlCharacter.test(text)) {
    return 'has a control character, such as a line break or a tab; it must have none';
  }
  return null;
}
