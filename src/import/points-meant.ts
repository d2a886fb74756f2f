/**
 * Returns advice with the points that a refused text probably means: "write 1000". Names both
 * numbers if a mark may be a thousands separator or a decimal point. Returns null if there is no
 * guess.
 */
export function pointsMeant(text: string): string | null {
  const plain = withPlainSign(withPlainCharacters(text));
  const ambiguous = /^(-?)([1-9]\d{0,2})[.,](\d{3})$/.exec(plain);
  if (ambiguous !== null) return bothMeanings(ambiguous);
  const exponent = /^(-?\d{1,15})(?:[.,](\d{0,15}))?[eE]\+?(\d{1,2})$/.exec(plain);
  if (exponent !== null) return allDigits(exponent);
  const digits = withoutLeadingZeros(withoutDecimals(plain));
  const ungrouped = /^-?\d+$/.test(digits) ? digits : withoutGroups(digits);
  return ungrouped === null || ungrouped === '0' ? null : `write ${ungrouped}`;
}

const minusLike = /[\u02d7\u2010-\u2015\u207b\u2212\ufe58\ufe63\uff0d]/g;
const invisible = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Replaces digits of other scripts and look-alikes of the minus, and removes invisible characters
 * and currency signs.
 */
function withPlainCharacters(text: string): string {
  return text
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(minusLike, '-')
    .replace(invisible, '')
    .replace(/\p{Sc}/gu, '')
    .trim();
}

/**
 * Converts a digit. Unicode stores the digits of a script as a run, 0 to 9; mathematical digits are
 * several runs.
 */
function asciiDigit(character: string): string {
  let zero = character.codePointAt(0)!;
  const point = zero;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((point - zero) % 10);
}

/** Moves the sign to the front: of `(100)`, `100-` and `+100`. */
function withPlainSign(text: string): string {
  const negative = /^\(([^()-]+)\)$/.exec(text) ?? /^([^()-]+)-$/.exec(text);
  if (negative !== null) return `-${negative[1].trim()}`;
  return text.replace(/^\+/, '').replace(/^-\s+/, '-');
}

function bothMeanings([, sign, whole, rest]: RegExpExecArray): string {
  const thousands = `write ${sign}${whole}${rest} if it separates thousands`;
  return rest === '000'
    ? `${thousands}, or ${sign}${whole} if it is a decimal point`
    : `${thousands}; a fraction is not possible`;
}

function allDigits([, whole, fraction = '', exponent]: RegExpExecArray): string {
  const size = Number(exponent);
  const isWhole = size >= fraction.length && size <= 15;
  const digits = withoutLeadingZeros(whole + fraction.padEnd(size, '0'));
  return `write all of its digits${isWhole ? ` (${digits}, if none is lost)` : ''}`;
}

function withoutDecimals(text: string): string {
  return text.replace(/(?<=\d)[.,]0{1,2}$/, '');
}

function withoutLeadingZeros(text: string): string {
  return text.replace(/^(-?)0+(?=\d)/, '$1');
}

/**
 * Returns the digits of a number with one mark between groups of three digits, or of two as in
 * India. Returns null for any other text.
 */
function withoutGroups(text: string): string | null {
  const groups = /^-?\d{1,3}(?:([.,'’_\s\u066c])\d{2,3})(?:\1\d{2,3})*$/u.exec(text);
  const isGrouped = groups !== null && /\d{3}$/.test(text) && !/^-?0/.test(text);
  return isGrouped ? text.replace(/[^\d-]/g, '') : null;
}
