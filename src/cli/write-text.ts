import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { reasonOf } from '../error-message';
import { CommandError, exitCodes } from './command-error';
import { outputFile } from './output-file';
import type { Progress } from './progress';

/**
 * Writes a text to the standard output. Ignores a reader that closes the pipe early, as `head`
 * does.
 */
export async function writeOut(text: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(text, process.stdout, { end: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}

/** Prints a line. Rejects if it is not known to have been written, as to a pipe that is closed. */
export async function print(line: string): Promise<void> {
  const { stdout } = process;
  await new Promise<void>((resolve, reject) => {
    stdout.once('error', reject);
    stdout.write(`${line}\n`, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

/**
 * Lets the process end with a failure if the standard output cannot be written, as on a full disk;
 * console ignores that. A reader may close the pipe early.
 */
export function failWithOutput(): void {
  let failure: Error | null = null;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') failure ??= error;
  });
  process.once('exit', (code) => {
    if (failure === null || code > exitCodes.doneWithFindings) return;
    console.error(`points: The standard output cannot be written: ${reasonOf(failure)}.`);
    if (code === exitCodes.done) process.exitCode = exitCodes.badInput;
  });
}

/**
 * Writes a text to a file. Renames the file when it is complete, so that half an export never has
 * the name of one.
 *
 * @throws CommandError if it was interrupted, or the file cannot be written.
 */
export async function writeFile(
  text: AsyncIterable<string>,
  output: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { path, unfinished, mode } = outputFile(output);
  const remove = () => rmSync(unfinished, { force: true });
  process.once('exit', remove);
  try {
    const file = createWriteStream(unfinished, { flags: 'wx', flush: true, mode });
    await pipeline(text, file, { signal });
    renameSync(unfinished, path);
  } catch (error) {
    remove();
    if (signal.aborted) throw new CommandError('Interrupted.', exitCodes.interrupted);
    const isOfSystem = 'code' in (error as object) && 'syscall' in (error as object);
    if (!isOfSystem) throw error;
    throw new CommandError(`${output} cannot be written: ${reasonOf(error, unfinished)}.`);
  } finally {
    process.off('exit', remove);
    progress.end();
  }
}
