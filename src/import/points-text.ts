import { namedCharacter } from './named-character';
import { pointsMeant } from './points-meant';

/**
 * Returns what is wrong with a cell of points and what would be right, or null if the cell holds
 * digits with an optional minus. White space around them is ignored. Checks the form, not the
 * range.
 */
export function pointsTextProblem(cell: string): string | null {
  const text = cell.trim();
  if (/^-?(?:0|[1-9]\d*)$/.test(text)) return null;
  const right = pointsMeant(text) ?? 'write the digits alone, such as 1000 or -200';
  if (text === '') return `the cell is empty; ${right}`;
  const before = cell.slice(0, cell.indexOf(text));
  const first = firstWrong(text);
  if (first === null) return `${withoutWrongCharacter(text)}; ${right}`;
  const [character, at] = first;
  const place = `character ${[...before].length + at + 1}`;
  return `${namedCharacter(character)} at ${place} is not allowed, ${reasonOf(character, text)}; ${right}`;
}

/** Finds the first character that is neither a digit nor a leading minus, and its index. */
function firstWrong(text: string): [character: string, at: number] | null {
  const characters = [...text];
  const exponent = exponentAt(text);
  if (exponent !== null) return [characters[exponent], exponent];
  const at = characters.findIndex(
    (character, index) => !/^\d$/.test(character) && !(character === '-' && index === 0),
  );
  return at < 0 ? null : [characters[at], at];
}

/** Returns the index of the exponent of a number such as 1.23E+05; null for any other text. */
function exponentAt(text: string): number | null {
  const found = /^[+-]?\d+(?:[.,]\d*)?(?=[eE][+-]?\d+$)/.exec(text);
  return found === null ? null : found[0].length;
}

/** Describes a text whose characters are all allowed, but not in this order. */
function withoutWrongCharacter(text: string): string {
  if (text === '-') return 'no digit follows "-"';
  return 'a leading "0" is not allowed, as such numbers are often codes';
}

function reasonOf(character: string, text: string): string {
  if (exponentAt(text) !== null) {
    return 'as points have no exponent, and a spreadsheet that writes one has dropped digits';
  }
  switch (character) {
    case '.':
    case ',':
      return 'as points have neither a decimal point nor thousands separators';
    case '+':
      return 'as only a minus may precede the digits';
    case '-':
    case '(':
    case ')':
      return 'as points that are taken back have one leading minus';
    default:
      return 'as points are the digits 0 to 9, after a minus (U+002D) where they are taken back';
  }
}
