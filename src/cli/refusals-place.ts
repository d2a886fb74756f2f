import { accessSync, constants, fstatSync, lstatSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { reasonOf } from '../error-message';
import { isRefusalsStart } from '../import/refusals-file';
import { wholePath } from '../whole-path';
import { CommandError } from './command-error';
import { fileStart } from './file-start';

/**
 * Returns the default path for the refused rows of a file, whole: in the same folder. Never an
 * existing file, as somebody may be correcting its rows.
 */
export function refusalsPath(input: string, format: string): string {
  const base = isUnnamed(input) ? 'import' : input.replace(/\.[^./\\]+$/, '');
  for (let number = 1; ; number += 1) {
    const name = `${base}.refused${number === 1 ? '' : `-${number}`}.${format}`;
    const path = wholePath(name);
    // A link to a file that does not exist has the name too.
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return path;
  }
}

/** True if refused rows have no place beside the input: the standard input, or /dev/fd/3. */
function isUnnamed(input: string): boolean {
  return input === '-' || /^\/(dev|proc)\//.test(resolve(input));
}

/**
 * Checks what `--refusals` names. A file of refused rows is replaced, so that the same command can
 * be run again; the content of any other file would be lost.
 * @throws CommandError if the option names no file, the imported file, or one of other content.
 */
export function checkRefusals(refusals: string, input: string): void {
  if (refusals === '' || refusals === '-') {
    throw new CommandError(
      `--refusals is ${JSON.stringify(refusals)}; name a file, or omit the option for one beside ` +
        'the imported file. Nothing was sent.',
    );
  }
  checkNotInput(refusals, input);
  const target = statSync(refusals, { throwIfNoEntry: false });
  if (!target?.isFile() || target.size === 0 || isRefusalsStart(fileStart(refusals))) return;
  throw new CommandError(
    `--refusals is ${wholePath(refusals)}, which exists and holds no refused rows: it would be overwritten. ` +
      'Name another file, or omit the option; nothing was sent.',
  );
}

/** @throws CommandError if refused rows could not be written. Called before anything is sent. */
export function checkWritable(path: string): void {
  const target = statSync(path, { throwIfNoEntry: false });
  try {
    if (target?.isDirectory()) throw new Error('it is a directory');
    accessSync(target === undefined ? dirname(path) : path, constants.W_OK);
  } catch (error) {
    throw new CommandError(
      `Refused rows could not be written to ${path}: ${reasonOf(error, path)}. ` +
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
function checkNotInput(refusals: string, input: string): void {
  const target = statSync(refusals, { bigint: true, throwIfNoEntry: false });
  const source =
    input === '-'
      ? fstatSync(process.stdin.fd, { bigint: true })
      : statSync(input, { bigint: true, throwIfNoEntry: false });
  const isSame = target?.dev === source?.dev && target?.ino === source?.ino;
  if (target === undefined || !target.isFile() || !isSame) return;
  throw new CommandError(
    `--refusals is ${wholePath(refusals)}, which is the imported file: it would be overwritten. ` +
      'Name another file, or omit the option; nothing was sent.',
  );
}
