import { ImportFault } from './import-fault';

/** One record of a file, not yet interpreted. */
export interface RawRecord {
  /** Where the record begins, counted from 1. */
  readonly line: number;
  /** The record as in the file, with its line break if it has one. UTF-8 encoding restores its bytes. */
  readonly text: string;
  /** The cells of a line of CSV; for NDJSON the trimmed line alone. */
  readonly cells: readonly string[];
  /**
   * The cells of CSV as written, with quotes and blanks. Where `fault` is set, only those before the
   * fault. Empty for NDJSON.
   */
  readonly rawCells: readonly string[];
  /** Why the cells cannot be separated; null if they can. They are then the text of the line. */
  readonly fault: string | null;
  /** The index of the first cell whose quotes follow a blank and are part of its value; or null. */
  readonly quoteAfterBlank: number | null;
}

/** Splits text that arrives in chunks into records. Holds one unfinished record at most. */
export interface RecordReader {
  push(text: string): RawRecord[];
  /** The last record, if no line break ends it. */
  end(): RawRecord[];
}

/**
 * Characters of a record: sixty times the longest that can be accepted, and a bound on the memory
 * that a quote which is never closed takes.
 */
export const recordLengthMax = 65_536;

/**
 * Characters of a refused record in a file of refused rows, where the refusal precedes it and, in
 * NDJSON, each character may be escaped.
 */
export const refusedRecordLengthMax = 6 * recordLengthMax + 4_096;

/** Throws if a record is longer than any that could be right. */
export function checkLength(
  length: number,
  line: number,
  advice: string,
  lengthMax = recordLengthMax,
): void {
  if (length <= lengthMax) return;
  throw new ImportFault(
    `the record that begins here is longer than ${lengthMax} characters. ${advice}`,
    line,
  );
}
