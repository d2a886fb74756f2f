import { csvLine } from '../import/csv-line';
import { entryLine } from './entry-line';
import { allocationsInOrder } from './exported-allocation';
import type { ExportedEntry, ExportedSpend, ExportedTransaction } from './exported-entry';

/** The first line of an export as NDJSON; the version grows with the format. */
export const exportMark = { format: 'points-ledger-export', version: 2 } as const;

/** The version before digests. Exports of it are readable forever. */
export const firstVersion = 1;

/** The counts in the last line of an export, which a truncated export lacks. */
export interface ExportCounts {
  accounts: number;
  entries: number;
}

/** The last line of an export: its counts, and the SHA-256 over its entries in lower-case hex. */
interface ExportEnd extends ExportCounts {
  readonly digest: string;
}

/** Returns the parts of an export; each ends with a line break. */
export interface ExportWriter {
  start(): string;
  /** Returns null for an entry of a kind that the format leaves out. */
  entry(entry: ExportedEntry): string | null;
  end(end: ExportEnd): string;
}

/** Writes one JSON object per line: the mark, the entries, and at the end their counts. */
export const ndjsonWriter: ExportWriter = {
  start: () => `${JSON.stringify(exportMark)}\n`,
  entry: (entry) => `${entryLine(entry)}\n`,
  end: ({ accounts, entries, digest }) => `${JSON.stringify({ accounts, entries, digest })}\n`,
};

const csvExportColumns = [
  'account_id',
  'sequence',
  'id',
  'kind',
  'payer',
  'points',
  'timestamp',
  'recorded_at',
  'reference',
  'idempotency_key',
  'allocations',
  'available_from',
  'expires_at',
  'actor',
];

/**
 * Writes transactions and spends, one per line, with the allocations of a spend as JSON. Text cells
 * are {@link neutralised}. The dates are the last columns, so that the others stay where they were
 * before there were dates.
 */
export const csvWriter: ExportWriter = {
  start: () => csvLine(csvExportColumns),
  entry(entry) {
    const cells = csvCells(entry);
    return cells === null ? null : csvLine(cells);
  },
  end: () => '',
};

/** Writes CSV with a byte order mark, without which Excel does not read UTF-8. */
export const excelWriter: ExportWriter = {
  ...csvWriter,
  start: () => `\ufeff${csvWriter.start()}`,
};

/** Returns null for the kinds that CSV has no columns for. */
function csvCells(entry: ExportedEntry): string[] | null {
  if (entry.kind === 'transaction') return transactionCells(entry);
  return entry.kind === 'spend' ? spendCells(entry) : null;
}

function transactionCells(entry: ExportedTransaction): string[] {
  const { payer, timestamp, availableFrom, expiresAt } = entry;
  const own = [neutralised(payer), String(entry.points), timestamp];
  return cellsOf(entry, own, ['', availableFrom ?? '', expiresAt ?? '']);
}

function spendCells(entry: ExportedSpend): string[] {
  const allocations = JSON.stringify(allocationsInOrder(entry.allocations));
  return cellsOf(entry, ['', String(entry.points), ''], [allocations, '', '']);
}

/**
 * @param own payer, points and timestamp.
 * @param last the cells after the idempotency key.
 */
function cellsOf(entry: ExportedEntry, own: string[], last: string[]): string[] {
  return [
    neutralised(entry.accountId),
    String(entry.sequence),
    entry.id,
    entry.kind,
    ...own,
    entry.recordedAt,
    neutralised(entry.reference ?? ''),
    neutralised(entry.idempotencyKey ?? ''),
    ...last,
    neutralised(entry.actor ?? ''),
  ];
}

/**
 * Prefixes an apostrophe to a text that a spreadsheet would execute as a formula, as OWASP advises.
 * A text that begins with an apostrophe gets one too, so that removing the first apostrophe of a
 * cell always restores the text.
 */
function neutralised(text: string): string {
  return /^[=+\-@\t\r']/.test(text) ? `'${text}` : text;
}
