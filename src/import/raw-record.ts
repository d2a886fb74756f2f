import { ImportError } from './import-error';

/** One record of a file, split into cells but not interpreted. */
export interface RawRecord {
  /** The line on which the record begins, counted from 1. */
  readonly line: number;
  /**
   * The record as in the file, with its line break if it has one. UTF-8 encoding restores its
   * bytes.
   */
  readonly text: string;
  /** The cells of a line of CSV; for NDJSON the trimmed line alone. */
  readonly cells: readonly string[];
  /**
   * The cells of CSV as written, with quotes and blanks. If `problem` is set, only those before the
   * problem. Empty for NDJSON.
   */
  readonly rawCells: readonly string[];
  /** Why the record cannot be split; null if it can. If set, `cells` is the text of the line. */
  readonly problem: string | null;
  /** The index of the first cell whose quotes follow a blank and are part of its value; or null. */
  readonly quoteAfterBlank: number | null;
}

/** Splits text that arrives in chunks into records. Buffers one unfinished record at most. */
export interface RecordReader {
  push(text: string): RawRecord[];
  /** Returns the last record, if no line break ends it. */
  end(): RawRecord[];
}

/**
 * The most characters of a record: sixty times the longest that can be accepted. Bounds the memory
 * that an unfinished record takes.
 */
export const recordLengthMax = 65_536;

/**
 * The most characters of a record in a file of refused rows, where the refusal precedes the row
 * and, in NDJSON, each character may be escaped.
 */
export const refusedRecordLengthMax = 6 * recordLengthMax + 4_096;

/** @throws ImportError if a record is longer than any that could be right. */
export function checkLength(
  { line, length, cells }: { line: number; length: number; cells: readonly string[] },
  lengthMax = recordLengthMax,
): void {
  if (length <= lengthMax) return;
  throw new ImportError(
    `the record that begins here is longer than ${lengthMax} characters${longestOf(cells)}. ` +
      'Names, references and keys have at most 255 characters.',
    line,
  );
}

function longestOf(cells: readonly string[]): string {
  if (cells.length < 2) return '';
  const longest = cells.reduce(
    (best, cell, at) => (cell.length > cells[best].length ? at : best),
    0,
  );
  return `; cell ${longest + 1} has ${cells[longest].length}`;
}
