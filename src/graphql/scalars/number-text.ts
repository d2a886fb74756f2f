import { isWholeDecimal } from '../../ledger/decimal';

/**
 * The text of a number in JSON or in a document that a double would change. Scalars refuse it like
 * any other object; `Points` and `ID` say why.
 */
export class NumberText {
  constructor(readonly text: string) {}

  /** Returns what graphql-js prints in messages. */
  toJSON(): string {
    return this.text;
  }
}

/**
 * Reads a number without rounding. Returns a double if it equals the text, or if both have a
 * fraction. Returns the text if the double is outside the safe integers, or is whole although the
 * text is not. So a double that is a safe integer is always what the client wrote.
 */
export function readNumber(text: string): number | NumberText {
  const number = Number(text);
  if (Number.isSafeInteger(number)) return isWholeDecimal(text) ? number : new NumberText(text);
  return Number.isInteger(number) || !Number.isFinite(number) ? new NumberText(text) : number;
}
