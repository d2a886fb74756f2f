import { type NumberForm, numberForm } from './number-form';

const whole = new Intl.NumberFormat();
const signed = new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero' });
const zeroPercent = new Intl.NumberFormat(undefined, { style: 'percent' }).format(0);
const percent = new Intl.NumberFormat(undefined, {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** The locale of the formatted numbers, for `lang` attributes. */
export const numberLocale: string = whole.resolvedOptions().locale;

export const formatPoints = (points: number | bigint): string => whole.format(points);

/** Formats with a sign. The hyphen of most locales becomes a typographic minus. */
export const formatChange = (points: number): string => signed.format(points).replace('-', '−');

/**
 * Formats a share as a percentage. A small share is shown as "< 0.1%", never as 0%, and one of
 * nearly all as "> 99.9%", never as 100%.
 */
export function formatShare(part: number, total: number): string {
  if (total === 0 || part === 0) return zeroPercent;
  const share = part / total;
  if (share < 0.001) return `< ${percent.format(0.001)}`;
  return part < total && share > 0.999 ? `> ${percent.format(0.999)}` : percent.format(share);
}

/** Returns a number with its noun: "1 row", "2 rows". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}

const ownForm = numberForm();

/**
 * Reads a whole number of points: digits of the locale or 0 to 9, with or without the locale's
 * group separators. Returns a message for any other text: what is wrong, and what would be right.
 */
export function readPoints(text: string, form: NumberForm = ownForm): number | string {
  const written = text.replace(directionMarks, '').trim();
  if (written === '') return 'Type a number of points.';
  const plain = plainDigits(written, form);
  const digits = ungrouped(plain, form);
  if (digits === null) {
    return `“${text.trim()}” is not a whole number of points. ${advice(plain, form)}`;
  }
  const points = Number(digits) + 0;
  if (!Number.isSafeInteger(points)) {
    return `The maximum is ${formatPoints(Number.MAX_SAFE_INTEGER)} points.`;
  }
  return points;
}

/** Numbers that are copied from right-to-left text contain these. */
const directionMarks = /[\u061c\u200e\u200f]/g;
const signs = /^[+\-−]/;

function plainDigits(text: string, { digitValues }: NumberForm): string {
  return [...text].map((character) => digitValues.get(character) ?? character).join('');
}

/** Returns the sign and the digits; null if the text is not a whole number. */
function ungrouped(text: string, { grouped, groupMarks }: NumberForm): string | null {
  const sign = /^[-−]/.test(text) ? '-' : '';
  const digits = text.replace(signs, '');
  if (/^\d+$/.test(digits)) return sign + digits;
  return grouped.test(digits) ? sign + digits.replace(new RegExp(groupMarks, 'gu'), '') : null;
}

function advice(text: string, { decimalMark, groupMarks, example }: NumberForm): string {
  const at = text.lastIndexOf(decimalMark);
  const isDecimal = at >= 0 && /^\d*$/.test(text.slice(at + decimalMark.length));
  if (isDecimal) return 'Points are whole numbers, without decimals.';
  const isGrouped = new RegExp(`^[\\d.,'’\\s]+$|${groupMarks}`, 'u').test(text.replace(signs, ''));
  return isGrouped
    ? `Type digits without decimals, alone or in groups as in ${example}.`
    : `Type digits alone, or in groups as in ${example}.`;
}
