import {
  type Chunks,
  type ImportFormat,
  type ImportRow,
  type RefusedRow,
  readImport,
  type Survey,
  surveyImport,
} from '../../../src/import/read-import';
import type { ReadingOptions } from '../../../src/import/reading-options';
import { isUnusualDate } from './unusual-date';

/** What a file holds, before anything of it is sent. */
export interface FilePreview extends Survey {
  /** Rows that can be sent. */
  readonly validRows: number;
  /** Names of the valid rows; counted up to `namesMax`. */
  readonly accounts: number;
  readonly payers: number;
  /** Sums of the valid rows; both positive. */
  readonly granted: number;
  readonly takenBack: number;
  readonly firstRows: readonly ImportRow[];
  readonly refusedRows: number;
  /** The first of the refused rows. */
  readonly refusals: readonly RefusedRow[];
  /** Valid rows with a date that is probably a mistake; the first of them, null for none. */
  readonly unusualDates: number;
  readonly firstUnusual: ImportRow | null;
}

/** More names than these are not counted, which bounds the memory. */
export const namesMax = 1_000_000;
const firstRowsMax = 5;
const refusalsMax = 100;

interface PreviewOptions {
  readonly format: ImportFormat;
  readonly reading: ReadingOptions;
  readonly now: Date;
}

/**
 * Reads a whole file twice: for its hash and its rows. `open` returns its chunks.
 *
 * @throws ImportFault if the file as a whole cannot be imported.
 */
export async function previewFile(
  open: () => Chunks,
  { format, reading, now }: PreviewOptions,
): Promise<FilePreview> {
  const survey = await surveyImport(open(), format, reading);
  const counted = new RowCounts(now);
  for await (const { items } of readImport(open(), { format, reading, name: survey.sha256 })) {
    for (const item of items) {
      if (item.kind === 'row') counted.add(item);
      else counted.refuse(item);
    }
  }
  return { ...survey, ...counted.result() };
}

class RowCounts {
  private readonly accounts = new Set<string>();
  private readonly payers = new Set<string>();
  private readonly firstRows: ImportRow[] = [];
  private readonly refusals: RefusedRow[] = [];
  private firstUnusual: ImportRow | null = null;
  private validRows = 0;
  private refusedRows = 0;
  private unusualDates = 0;
  private granted = 0;
  private takenBack = 0;

  constructor(private readonly now: Date) {}

  add(row: ImportRow): void {
    const { accountId, payer, points, timestamp } = row.input;
    this.validRows += 1;
    if (this.accounts.size < namesMax) this.accounts.add(accountId);
    if (this.payers.size < namesMax) this.payers.add(payer);
    if (points > 0) this.granted += points;
    else this.takenBack -= points;
    if (this.firstRows.length < firstRowsMax) this.firstRows.push(row);
    if (!isUnusualDate(timestamp, this.now)) return;
    this.unusualDates += 1;
    this.firstUnusual ??= row;
  }

  refuse(row: RefusedRow): void {
    this.refusedRows += 1;
    if (this.refusals.length < refusalsMax) this.refusals.push(row);
  }

  result(): Omit<FilePreview, keyof Survey> {
    const { validRows, refusedRows, unusualDates, granted, takenBack } = this;
    const { firstRows, refusals, firstUnusual } = this;
    const names = { accounts: this.accounts.size, payers: this.payers.size };
    const counts = { validRows, refusedRows, unusualDates, granted, takenBack };
    return { ...names, ...counts, firstRows, refusals, firstUnusual };
  }
}
