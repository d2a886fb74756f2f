/** An export that cannot be put back: what is wrong, at which line. */
export class ExportFault extends Error {
  override readonly name = 'ExportFault';

  constructor(
    fault: string,
    /** Counted from 1. */
    readonly line: number,
  ) {
    super(`Line ${line}: ${fault}`);
  }
}
