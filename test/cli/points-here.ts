import { Writable } from 'node:stream';
import { Command, CommanderError } from 'commander';
import { exitCodes } from '../../src/cli/command-error';
import { addDigests } from '../../src/cli/digests-command';
import { addDistribute } from '../../src/cli/distribute-command';
import { addExport } from '../../src/cli/export-command';
import { failureOf } from '../../src/cli/failure';
import { addImport } from '../../src/cli/import-command';
import { addKeys } from '../../src/cli/keys-command';
import { addRestore } from '../../src/cli/restore-command';
import { addSweep } from '../../src/cli/sweep-command';
import { addVerify } from '../../src/cli/verify-command';
import type { Ran } from './points';

/**
 * Runs `points` with these arguments in this process; a process of its own takes 0.15 to 0.4 s of
 * CPU. For tests of what a command does to a ledger or a file, since others start the program and
 * show that it prints, reads its input, and ends. Calls must not run at the same time, since what
 * they print is captured; so is what others print meanwhile.
 *
 * Once it has opened a SQLite file, start no other process on this file: libsql keeps a closed
 * connection until its garbage is collected, with the index of the log that it opened. For this
 * reason it restores to PostgreSQL only: a restored file is renamed.
 */
export async function pointsHere(words: readonly string[]): Promise<Ran> {
  if (words[0] === 'restore' && words.some((word) => word.startsWith('file:'))) {
    throw new Error('A file must be restored by a process of its own.');
  }
  const printed = { out: '', errors: '' };
  const restore = capture(printed);
  try {
    const code = await run(words);
    return { code, signal: null, ...printed };
  } finally {
    restore();
  }
}

async function run(words: readonly string[]): Promise<number> {
  const points = new Command('points').exitOverride();
  const reading = [addDigests, addExport, addKeys, addVerify];
  for (const add of [...reading, addDistribute, addImport, addRestore, addSweep]) add(points);
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await points.parseAsync(words, { from: 'user' });
    return Number(process.exitCode ?? exitCodes.done);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.badInput;
    const { message, exitCode } = failureOf(error);
    console.error(`points: ${message}`);
    return exitCode;
  } finally {
    process.exitCode = before;
  }
}

/** Collects what is printed, and returns a function that ends it. */
function capture(printed: { out: string; errors: string }): () => void {
  const streams = { stdout: process.stdout, stderr: process.stderr };
  const toOut = (text: string) => {
    printed.out += text;
  };
  const toErrors = (text: string) => {
    printed.errors += text;
  };
  replaceStreams({ stdout: collector(toOut), stderr: collector(toErrors) });
  const spies = [
    jest.spyOn(console, 'log').mockImplementation((text) => toOut(`${text}\n`)),
    jest.spyOn(console, 'error').mockImplementation((text) => toErrors(`${text}\n`)),
  ];
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const earlier = signals.map((signal) => process.listeners(signal));
  return () => {
    replaceStreams(streams);
    for (const spy of spies) spy.mockRestore();
    for (const [at, signal] of signals.entries()) {
      for (const listener of process.listeners(signal)) {
        if (!earlier[at]!.includes(listener)) process.off(signal, listener);
      }
    }
  };
}

function collector(add: (text: string) => void): Writable {
  const write: Writable['_write'] = (text, _encoding, done) => {
    add(String(text));
    done();
  };
  return new Writable({ decodeStrings: false, write });
}

function replaceStreams(streams: Readonly<Record<'stdout' | 'stderr', Writable>>): void {
  for (const [name, value] of Object.entries(streams)) {
    Object.defineProperty(process, name, { value, configurable: true });
  }
}
