import { type NumberForm, numberForm } from './number-form';

const whole = new Intl.NumberFormat();
const signed = new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero' });
const nothing = new Intl.NumberFormat(undefined, { style: 'percent' }).format(0);
const percent = new Intl.NumberFormat(undefined, {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

export const formatPoints = (points: number): string => whole.format(points);

/** With its sign; minus is the typographic one where the locale has none of its own. */
export const formatChange = (points: number): string => signed.format(points).replace('-', '−');

/** A part that is there is never shown as nothing. */
export function formatShare(part: number, total: number): string {
  if (total === 0 || part === 0) return nothing;
  const share = part / total;
  return share < 0.001 ? `< ${percent.format(0.001)}` : percent.format(share);
}

/** "1 row", "2 rows". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}

const ownForm = numberForm();

/**
 * Reads a whole number of points as people write it: digits of the locale or 0 to 9, alone or in
 * groups of the locale's form. Returns what is wrong with any other text, and what would be right.
 */
export function readPoints(text: string, form: NumberForm = ownForm): number | string {
  const written = text.replace(directionMarks, '').trim();
  if (written === '') return 'Type how many points.';
  const plain = plainDigits(written, form);
  const digits = ungrouped(plain, form);
  if (digits === null) {
    return `“${text.trim()}” is not a whole number of points. ${whatIsRight(plain, form)}`;
  }
  const points = Number(digits) + 0;
  if (!Number.isSafeInteger(points)) {
    return `That is more than ${formatPoints(Number.MAX_SAFE_INTEGER)}, the most there can be.`;
  }
  return points;
}

/** Numbers that are copied from a text written from right to left have them. */
const directionMarks = /[\u061c\u200e\u200f]/g;
const signs = /^[+\-−]/;

function plainDigits(text: string, { digitValues }: NumberForm): string {
  return [...text].map((character) => digitValues.get(character) ?? character).join('');
}

/** The digits after their sign; null if the text has neither digits alone nor groups. */
function ungrouped(text: string, { grouped, groupMarks }: NumberForm): string | null {
  const sign = /^[-−]/.test(text) ? '-' : '';
  const digits = text.replace(signs, '');
  if (/^\d+$/.test(digits)) return sign + digits;
  return grouped.test(digits) ? sign + digits.replace(new RegExp(groupMarks, 'gu'), '') : null;
}

function whatIsRight(text: string, { decimalMark, groupMarks, example }: NumberForm): string {
  const at = text.lastIndexOf(decimalMark);
  const isDecimal = at >= 0 && /^\d*$/.test(text.slice(at + decimalMark.length));
  if (isDecimal) return 'Points have no decimals.';
  const isGrouped = new RegExp(`^[\\d.,'’\\s]+$|${groupMarks}`, 'u').test(text.replace(signs, ''));
  return isGrouped
    ? `Type digits without decimals, alone or in groups as in ${example}.`
    : `Type digits alone, or in groups as in ${example}.`;
}
