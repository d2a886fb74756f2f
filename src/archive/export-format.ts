import { csvLine } from '../import/csv-line';
import type { ExportedAllocation, ExportedEntry } from './exported-entry';

/** The first line of an export as NDJSON begins with these; the version grows with the format. */
export const exportMark = { format: 'points-ledger-export', version: 1 } as const;

/** How many lines stand between the first and the last, which an export that was cut has not. */
export interface ExportCounts {
  accounts: number;
  entries: number;
}

/** Writes the parts of an export; each ends with a line break. */
export interface ExportWriter {
  start(): string;
  entry(entry: ExportedEntry): string;
  end(counts: ExportCounts): string;
}

/** One JSON object a line: the mark, the entries, and at the end how many there are. */
export const ndjsonWriter: ExportWriter = {
  start: () => `${JSON.stringify(exportMark)}\n`,
  entry: (entry) => `${JSON.stringify(inOrder(entry))}\n`,
  end: ({ accounts, entries }) => `${JSON.stringify({ accounts, entries })}\n`,
};

const csvColumns = [
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

/** One entry a line, the allocations of a spend as JSON in the last column. */
export const csvWriter: ExportWriter = {
  start: () => csvLine(csvColumns),
  entry: (entry) => csvLine(csvCells(entry)),
  end: () => '',
};

/** The same entry makes the same bytes, wherever it was read. */
function inOrder(entry: ExportedEntry): object {
  const { accountId, sequence, id, kind, points, recordedAt, reference, idempotencyKey } = entry;
  const start = { accountId, sequence, id, kind };
  const end = { recordedAt, reference, idempotencyKey };
  if (entry.kind === 'transaction') {
    return { ...start, payer: entry.payer, points, timestamp: entry.timestamp, ...end };
  }
  return { ...start, points, ...end, allocations: entry.allocations.map(allocationInOrder) };
}

function csvCells(entry: ExportedEntry): string[] {
  const isSpend = entry.kind === 'spend';
  return [
    entry.accountId,
    String(entry.sequence),
    entry.id,
    entry.kind,
    isSpend ? '' : entry.payer,
    String(entry.points),
    isSpend ? '' : entry.timestamp,
    entry.recordedAt,
    entry.reference ?? '',
    entry.idempotencyKey ?? '',
    isSpend ? JSON.stringify(entry.allocations.map(allocationInOrder)) : '',
  ];
}

function allocationInOrder({ sequence, payer, timestamp, points }: ExportedAllocation) {
  return { sequence, payer, timestamp, points };
}
