/** Receives the fields of a canonical form in their order. */
export interface FormWriter {
  /** Writes fields that are null: one, or so many. */
  empty(count?: number): void;
  /** Writes a word: text of ASCII that has no equals sign. */
  word(value: string): void;
  /** Writes a text; absent is null. */
  text(value: string | null | undefined): void;
  /** Writes an integer within ±(2^53 − 1); absent is null. */
  number(value: number | null | undefined): void;
}
