import { isWholeDecimal } from '../../ledger/decimal';

/**
 * A number of JSON or of a document that a double would change, as it was written. Scalars refuse
 * it as they refuse any other object; `Points` and `ID` say why.
 */
export class NumberText {
  constructor(readonly text: string) {}

  /** What graphql-js prints of it in messages. */
  toJSON(): string {
    return this.text;
  }
}

/**
 * Reads a number without rounding: a double where that is the very number or has a fraction too,
 * and the text where the double is outside the safe integers, or whole although the text is not.
 * So a double that is a safe integer is always what the client wrote.
 */
export function readNumber(text: string): number | NumberText {
  const number = Number(text);
  if (Number.isSafeInteger(number)) return isWholeDecimal(text) ? number : new NumberText(text);
  return Number.isInteger(number) || !Number.isFinite(number) ? new NumberText(text) : number;
}
