/** How whole numbers are written in a locale. */
export interface NumberForm {
  /** Maps the digits of the locale, and 0 to 9, to 0 to 9. */
  readonly digitValues: ReadonlyMap<string, string>;
  /** The pattern of a group separator. */
  readonly groupMarks: string;
  /** Matches a whole number with groups, written with the digits 0 to 9. */
  readonly grouped: RegExp;
  readonly decimalMark: string;
  /** A number with groups, for messages. */
  readonly example: string;
}

const spaces = ' \\u00a0\\u2009\\u202f';
const apostrophes = "'’";

/**
 * Returns how a locale writes whole numbers; the default is the browser's locale. Spaces separate
 * groups in every locale, as the SI recommends: no locale uses them for decimals.
 */
export function numberForm(locale?: string): NumberForm {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const parts = new Intl.NumberFormat(locale).formatToParts(1_234_567_890_123.5);
  const mark = parts.find(({ type }) => type === 'group')?.value ?? '';
  const groupMarks = `[${spaces}${likeMarks(mark)}]`;
  return {
    digitValues: digitValues(locale),
    groupMarks,
    grouped: groupedPattern(parts, groupMarks),
    decimalMark: parts.find(({ type }) => type === 'decimal')?.value ?? '.',
    example: whole.format(1_234_567),
  };
}

function digitValues(locale?: string): Map<string, string> {
  const ungrouped = new Intl.NumberFormat(locale, { useGrouping: false });
  const values = Array.from({ length: 10 }, (_unused, digit) => String(digit));
  return new Map(
    values.flatMap((value) => [
      [value, value],
      [ungrouped.format(+value), value],
    ]),
  );
}

/** Returns the separators that are read like `mark`: there are two kinds of apostrophes. */
function likeMarks(mark: string): string {
  if (/^\s?$/.test(mark)) return '';
  return apostrophes.includes(mark) ? apostrophes : `\\u{${mark.codePointAt(0)!.toString(16)}}`;
}

/** Returns the pattern of groups. The last may be longer than the others, the first shorter. */
function groupedPattern(parts: readonly Intl.NumberFormatPart[], marks: string): RegExp {
  const sizes = parts.filter(({ type }) => type === 'integer').map(({ value }) => value.length);
  const last = sizes.length > 1 ? sizes.at(-1)! : 3;
  const others = sizes.length > 2 ? sizes.at(-2)! : last;
  // All separators of a number are the same character.
  const pattern = `^\\d{1,${others}}(?:(${marks})\\d{${others}}(?:\\1\\d{${others}})*\\1|${marks})\\d{${last}}$`;
  return new RegExp(pattern, 'u');
}
