import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { FileHeader } from '../import/columns';
import type { RefusedRow } from '../import/read-import';
import { refusalLine, refusalsHeader } from '../import/refusals-file';
import { CommandError } from './command-error';

/** Writes refused rows to a file that is created with the first of them. */
export class RefusalsWriter {
  private descriptor: number | null = null;
  private current: string;

  /**
   * @param given the file to write, which is overwritten; null for a new one.
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

/**
 * Returns the default path for the refused rows of a file: in the same folder. Never an existing
 * file, as somebody may be correcting its rows.
 */
export function refusalsPath(input: string, format: string): string {
  const base = input === '-' ? 'import' : input.replace(/\.[^./\\]+$/, '');
  for (let number = 1; ; number += 1) {
    const path = `${base}.refused${number === 1 ? '' : `-${number}`}.${format}`;
    if (!existsSync(path)) return path;
  }
}

/** @throws CommandError if refused rows could not be written. Called before anything is sent. */
export function checkWritable(path: string): void {
  const target = statSync(path, { throwIfNoEntry: false });
  try {
    if (target?.isDirectory()) throw new Error('it is a directory');
    accessSync(target === undefined ? dirname(path) : path, constants.W_OK);
  } catch (error) {
    throw new CommandError(
      `Refused rows could not be written to ${path}: ${(error as Error).message}. ` +
        'Name another file with --refusals; nothing was sent.',
      undefined,
      { cause: error },
    );
  }
}

/**
 * Compares files, not names: the path may be a link, and the input the standard input.
 * @throws CommandError if refused rows would overwrite the imported file.
 */
export function checkNotInput(refusals: string, input: string): void {
  const target = statSync(refusals, { bigint: true, throwIfNoEntry: false });
  const source =
    input === '-'
      ? fstatSync(process.stdin.fd, { bigint: true })
      : statSync(input, { bigint: true, throwIfNoEntry: false });
  const isSame = target?.dev === source?.dev && target?.ino === source?.ino;
  if (target === undefined || !target.isFile() || !isSame) return;
  throw new CommandError(
    `--refusals is ${refusals}, which is the imported file: it would be overwritten. ` +
      'Name another file, or omit the option; nothing was sent.',
  );
}
