import { ImportFault } from './import-fault';

/** One record of a file, not yet understood. */
export interface RawRecord {
  /** Where the record begins, counted from 1. */
  readonly line: number;
  /** The cells of a line of CSV; for NDJSON the line alone. */
  readonly cells: readonly string[];
  /** Why the cells cannot be told apart; null if they can. They are then the text of the line. */
  readonly fault: string | null;
}

/** Cuts text that arrives in chunks into records. Holds one unfinished record at most. */
export interface RecordReader {
  push(text: string): RawRecord[];
  /** The last record, if no line break ends it. */
  end(): RawRecord[];
}

/**
 * Characters of a record: sixty times the longest that can be accepted, and a bound on what a
 * quote that is never closed takes of memory.
 */
export const recordLengthMax = 65_536;

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
