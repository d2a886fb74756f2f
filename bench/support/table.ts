import type { Spread } from './spread';

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What the reader needs to interpret it. */
  readonly notes: readonly string[];
}

/**
 * Formats as Markdown, padded so that it is as readable in a terminal. The first column is text,
 * the others are figures.
 */
export function formatTable({ title, columns, rows, notes }: Table): string {
  const widths = columns.map((column, index) =>
    Math.max(column.length, 3, ...rows.map((row) => row[index].length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => pad(cell, widths[index], index)).join(' | ')} |`;
  const rules = widths.map((width, index) =>
    index === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  const table = [line(columns), line(rules), ...rows.map(line)];
  return [`### ${title}`, '', ...table, '', ...notes.map((note) => `- ${note}`), ''].join('\n');
}

function pad(cell: string, width: number, index: number): string {
  return index === 0 ? cell.padEnd(width) : cell.padStart(width);
}

/** Formats the median and the quartiles. */
export function formatSpread({ lower, median, upper }: Spread, format = formatNumber): string {
  return `${format(median)} (${format(lower)}..${format(upper)})`;
}

export function formatNumber(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

export function formatRatio(value: number): string {
  return value.toFixed(2);
}

export function formatThousands(value: number): string {
  return formatNumber(value / 1_000);
}

export function formatMet(isMet: boolean): string {
  return isMet ? 'met' : 'MISSED';
}
