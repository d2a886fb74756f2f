import type { ImportFormat } from './read-import';

/** So many bytes of a file are enough to tell its format. */
export const sniffedBytes = 1_024;

/**
 * The format of a file whose name does not tell it.
 *
 * @param start the first {@link sniffedBytes} as text, or all of a shorter file.
 */
export function sniffFormat(start: string): ImportFormat {
  // NDJSON begins with an object; no name of a column begins with a brace or a bracket. A JSON array
  // is no NDJSON either, but told as such it says what would be right.
  return /^\s*[[{]/.test(start) ? 'ndjson' : 'csv';
}
