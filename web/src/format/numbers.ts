const whole = new Intl.NumberFormat();
const signed = new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero' });
const nothing = new Intl.NumberFormat(undefined, { style: 'percent' }).format(0);
const percent = new Intl.NumberFormat(undefined, {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** What separates thousands where the reader lives; null where nothing does. */
const groupMark =
  whole.formatToParts(1_234_567).find(({ type }) => type === 'group')?.value ?? null;

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

/**
 * Reads a whole number of points as people write it: digits, with the marks between thousands that
 * the reader's locale has, or spaces. Answers what is wrong with any other text.
 */
export function readPoints(text: string): number | string {
  const digits = ungrouped(text.trim());
  if (digits === '') return 'Type how many points.';
  if (!/^[+-]?\d+$/.test(digits)) return `“${text.trim()}” is not a whole number of points.`;
  const points = Number(digits);
  if (!Number.isSafeInteger(points)) {
    return `That is more than ${formatPoints(Number.MAX_SAFE_INTEGER)}, the most there can be.`;
  }
  return points;
}

function ungrouped(text: string): string {
  const marks = ['\\s', '’', ...(groupMark === null ? [] : [groupMark])].join('');
  const grouped = new RegExp(`^[+-]?\\d{1,3}([${marks}]\\d{2,3})+$`, 'u');
  return grouped.test(text) ? text.replace(new RegExp(`[${marks}]`, 'gu'), '') : text;
}
