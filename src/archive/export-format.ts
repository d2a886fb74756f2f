import { csvLine } from '../import/csv-line';
import type { ExportedAllocation, ExportedEntry } from './exported-entry';

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
export interface ExportEnd extends ExportCounts {
  readonly digest: string;
}

/** Returns the parts of an export; each ends with a line break. */
export interface ExportWriter {
  start(): string;
  entry(entry: ExportedEntry): string;
  end(end: ExportEnd): string;
}

/** Writes one JSON object per line: the mark, the entries, and at the end their counts. */
export const ndjsonWriter: ExportWriter = {
  start: () => `${JSON.stringify(exportMark)}\n`,
  entry: (entry) => `${JSON.stringify(inOrder(entry))}\n`,
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
];

/**
 * Writes one entry per line, with the allocations of a spend as JSON in the last column. Text cells
 * are {@link neutralised}.
 */
export const csvWriter: ExportWriter = {
  start: () => csvLine(csvExportColumns),
  entry: (entry) => csvLine(csvCells(entry)),
  end: () => '',
};

/** Writes CSV with a byte order mark, without which Excel does not read UTF-8. */
export const excelWriter: ExportWriter = {
  ...csvWriter,
  start: () => `\ufeff${csvWriter.start()}`,
};

/**
 * Returns the members in a fixed order: the same entry makes the same bytes, wherever it was read.
 * Written out, since spreading objects into one another costs a third of an export.
 */
function inOrder(entry: ExportedEntry): object {
  const { accountId, sequence, id, kind, points, recordedAt, reference, idempotencyKey } = entry;
  const { digest } = entry;
  if (entry.kind === 'spend') {
    const allocations = entry.allocations.map(allocationInOrder);
    return {
      accountId,
      sequence,
      id,
      kind,
      points,
      recordedAt,
      reference,
      idempotencyKey,
      allocations,
      digest,
    };
  }
  const { payer, timestamp } = entry;
  return {
    accountId,
    sequence,
    id,
    kind,
    payer,
    points,
    timestamp,
    recordedAt,
    reference,
    idempotencyKey,
    digest,
  };
}

function csvCells(entry: ExportedEntry): string[] {
  const isSpend = entry.kind === 'spend';
  return [
    neutralised(entry.accountId),
    String(entry.sequence),
    entry.id,
    entry.kind,
    isSpend ? '' : neutralised(entry.payer),
    String(entry.points),
    isSpend ? '' : entry.timestamp,
    entry.recordedAt,
    neutralised(entry.reference ?? ''),
    neutralised(entry.idempotencyKey ?? ''),
    isSpend ? JSON.stringify(entry.allocations.map(allocationInOrder)) : '',
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

function allocationInOrder({ sequence, payer, timestamp, points }: ExportedAllocation) {
  return { sequence, payer, timestamp, points };
}
