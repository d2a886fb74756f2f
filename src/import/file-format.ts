export type ImportFormat = 'csv' | 'ndjson';

/** This many bytes of a file are enough to detect its format. */
export const sniffedBytes = 1_024;

/** Returns the format that the name of a file implies, or null. */
export function formatOf(fileName: string): ImportFormat | null {
  if (/\.(csv|tsv|txt)$/i.test(fileName)) return 'csv';
  return /\.(ndjson|jsonl)$/i.test(fileName) ? 'ndjson' : null;
}

/**
 * Detects the format of a file whose name does not imply it.
 *
 * @param start the first {@link sniffedBytes} as text, or all of a shorter file.
 */
export function sniffFormat(start: string): ImportFormat {
  // NDJSON begins with an object; no name of a column begins with a brace or a bracket. A JSON
  // array is not NDJSON, but its refusal as such says what would be right.
  return /^\s*[[{]/.test(start) ? 'ndjson' : 'csv';
}
