/**
 * A file that cannot be imported as a whole: what is wrong, where, and what would be right, for the
 * one who has the file.
 */
export class ImportFault extends Error {
  override readonly name = 'ImportFault';

  constructor(
    fault: string,
    /** Counted from 1; null where the fault is not at a line. */
    readonly line: number | null = null,
  ) {
    super(line === null ? fault : `Line ${line}: ${fault}`);
  }
}
