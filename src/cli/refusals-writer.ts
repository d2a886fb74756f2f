import { closeSync, openSync, writeSync } from 'node:fs';
import type { FileHeader } from '../import/columns';
import type { RefusedRow } from '../import/read-import';
import { refusalLine, refusalsHeader } from '../import/refusals-file';

/** Writes refused rows to a file that is created with the first of them. */
export class RefusalsWriter {
  private descriptor: number | null = null;
  private current: string;

  /**
   * @param given the file to write, which is replaced; null for a new one.
   * @param newPath returns the name of a file that does not exist.
   */
  constructor(
    private readonly given: string | null,
    private readonly newPath: () => string,
  ) {
    this.current = given ?? newPath();
  }

  /** The file; before it is created, another command may still take its name. */
  get path(): string {
    return this.current;
  }

  write(rows: readonly RefusedRow[], header: FileHeader | null): void {
    if (this.descriptor === null) {
      this.descriptor = this.open();
      writeSync(this.descriptor, refusalsHeader(header));
    }
    writeSync(this.descriptor, rows.map((row) => refusalLine(row, header)).join(''));
  }

  private open(): number {
    if (this.given !== null) return openSync(this.given, 'w');
    for (;;) {
      try {
        return openSync(this.current, 'wx');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        this.current = this.newPath();
      }
    }
  }

  close(): void {
    if (this.descriptor !== null) closeSync(this.descriptor);
    this.descriptor = null;
  }
}
