import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sniffedBytes } from '../import/file-format';
import { wholePath } from '../whole-path';
import { CommandError } from './command-error';

/** A file that can be read more than once. */
export interface InputFile {
  /** Its whole path, or that it is the standard input: for messages. */
  readonly name: string;
  readonly bytes: number;
  /** @param signal aborts the reading with an error. */
  open(signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** Reads the first bytes, to detect the format. */
  start(): Promise<string>;
  /** Removes temporary files. */
  dispose(): void;
}

/**
 * Opens a file, or for `-` and its other names the standard input, which is first written to a
 * temporary file, since it is read twice.
 * @throws CommandError if the file does not exist or is not a regular file.
 */
export async function openInput(path: string, signal: AbortSignal): Promise<InputFile> {
  if (!standardInputs.has(path)) return fileAt(path, wholePath(path), () => {});
  const folder = mkdtempSync(join(tmpdir(), 'points-'));
  const dispose = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', dispose);
  const spool = join(folder, 'input');
  await pipeline(process.stdin, createWriteStream(spool), { signal });
  return fileAt(spool, 'the standard input', dispose);
}

const standardInputs: ReadonlySet<string> = new Set([
  '-',
  '/dev/stdin',
  '/dev/fd/0',
  '/proc/self/fd/0',
]);

const notRegular =
  'not a regular file; to read a pipe, name - and redirect the standard input from it';

function fileAt(path: string, name: string, dispose: () => void): InputFile {
  if (path === '') {
    throw new CommandError(
      'The name of the file is empty; name a file, or - for the standard input.',
    );
  }
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new CommandError(`There is no file ${name}.`);
  if (!stats.isFile())
    throw new CommandError(
      `${name} is ${stats.isDirectory() ? 'a directory; name a file' : notRegular}.`,
    );
  const open = (signal?: AbortSignal) => createReadStream(path, { highWaterMark: 65_536, signal });
  return { name, bytes: stats.size, open, start: () => startOf(open()), dispose };
}

async function startOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  for await (const chunk of chunks)
    return new TextDecoder().decode(chunk.subarray(0, sniffedBytes));
  return '';
}
