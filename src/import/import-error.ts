/**
 * The file as a whole cannot be imported. The message tells its owner what is wrong, where, and
 * what would be right.
 */
export class ImportError extends Error {
  override readonly name = 'ImportError';

  constructor(
    problem: string,
    /** Counted from 1; null if the problem is not in one line. */
    readonly line: number | null = null,
  ) {
    super(line === null ? problem : `Line ${line}: ${problem}`);
  }
}
