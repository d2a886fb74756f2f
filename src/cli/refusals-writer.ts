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

/** Writes refused rows to a file that is made with the first of them. */
export class RefusalsWriter {
  private descriptor: number | null = null;

  constructor(readonly path: string) {}

  write(rows: readonly RefusedRow[], header: FileHeader | null): void {
    if (this.descriptor === null) {
      this.descriptor = openSync(this.path, 'w');
      writeSync(this.descriptor, refusalsHeader(header));
    }
    writeSync(this.descriptor, rows.map((row) => refusalLine(row, header)).join(''));
  }

  close(): void {
    if (this.descriptor !== null) closeSync(this.descriptor);
    this.descriptor = null;
  }
}

/**
 * Where the refused rows of a file go that names no place for them: beside it. A file that is there
 * already is left alone, as somebody may be correcting its rows.
 */
export function refusalsPath(input: string, format: string): string {
  const base = input === '-' ? 'import' : input.replace(/\.[^./\\]+$/, '');
  for (let number = 1; ; number += 1) {
    const path = `${base}.refused${number === 1 ? '' : `-${number}`}.${format}`;
    if (!existsSync(path)) return path;
  }
}

/** Throws if refused rows could not be written: better before anything is sent than at the first. */
export function checkWritable(path: string): void {
  const target = statSync(path, { throwIfNoEntry: false });
  try {
    if (target?.isDirectory()) throw new Error('it is a folder');
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
 * Throws if refused rows would be written over the file they come from, by whatever name or link it
 * is called, or over the one that is the standard input.
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
    `--refusals is ${refusals}, which is the file that is imported: it would be written over. ` +
      'Name another file, or leave the option out; nothing was sent.',
  );
}
