/** An export cannot be restored: what is wrong, and on which line. */
export class ExportError extends Error {
  override readonly name = 'ExportError';

  constructor(
    problem: string,
    /** Counted from 1. */
    readonly line: number,
  ) {
    super(`Line ${line}: ${problem}`);
  }
}
