import { randomBytes } from 'node:crypto';
import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { wholePath } from '../whole-path';
import { CommandError } from './command-error';
import { fileStart } from './file-start';

/** A file that is written under another name, and gets its own when it is complete. */
interface OutputFile {
  readonly path: string;
  /** In the same folder. No other command writes to it. */
  readonly unfinished: string;
  /** That of the file it replaces, which may be kept from others. */
  readonly mode: number | undefined;
}

/**
 * Returns the whole path of what `--output` names; undefined for the standard output, as `-` is.
 * Called before a store is opened, as the file may be that of the store.
 * @throws CommandError if a database would be replaced.
 */
export function outputPath(output: string | undefined): string | undefined {
  if (output === undefined || output === '-') return undefined;
  if (statSync(output, { throwIfNoEntry: false })?.isFile()) checkNoDatabase(wholePath(output));
  return wholePath(output);
}

/** The first bytes of a database, and of its log, which may hold its newest changes. */
const sqliteStarts = ['SQLite format 3\0', '7\x7f\x06\x82', '7\x7f\x06\x83'];

function checkNoDatabase(output: string): void {
  const start = fileStart(output);
  if (!sqliteStarts.some((each) => start.startsWith(each))) return;
  throw new CommandError(
    `--output is ${output}, which is a SQLite database or its log: it would be lost. ` +
      'Name another file; nothing was changed.',
  );
}

/**
 * Resolves links: the file is replaced, not the link to it.
 * @throws CommandError if there is something other than a file, such as a device, which must not be
 *   replaced.
 */
export function outputFile(output: string): OutputFile {
  if (output === '') {
    throw new CommandError('--output is empty; name a file, or omit it for the standard output.');
  }
  const replaced = statSync(output, { throwIfNoEntry: false });
  const path = replaced === undefined ? newPath(output) : replacedPath(output, replaced);
  const mode = replaced === undefined ? undefined : replaced.mode & 0o777;
  return { path, unfinished: `${path}.${randomBytes(4).toString('hex')}.unfinished`, mode };
}

function newPath(output: string): string {
  const folder = dirname(output);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CommandError(
      `--output is ${output}, and ${folder} is no folder; create it, or name another file.`,
    );
  }
  if (lstatSync(output, { throwIfNoEntry: false }) === undefined) return output;
  throw new CommandError(`${output} is a link to a file that does not exist; name the file.`);
}

function replacedPath(output: string, stats: Stats): string {
  if (stats.isFile()) return realpathSync(output);
  const advice = stats.isDirectory()
    ? 'is a directory; name a file in it'
    : 'is not a regular file; to write to it, omit --output and redirect the standard output';
  throw new CommandError(`${output} ${advice}.`);
}
