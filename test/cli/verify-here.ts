import { Command } from 'commander';
import { exitCodes } from '../../src/cli/command-error';
import { failureOf } from '../../src/cli/failure';
import { addVerify } from '../../src/cli/verify-command';
import type { Ran } from './points';

/**
 * Runs `points verify` with these options in this process; a process of its own takes 0.15 s of
 * CPU. For tests of findings, of which other tests show that the command prints and returns them.
 * Calls must not run at the same time, since what they print is captured.
 */
export async function verifyHere(...words: string[]): Promise<Ran> {
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
  addVerify(points);
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await points.parseAsync(['verify', ...words], { from: 'user' });
    return Number(process.exitCode ?? exitCodes.done);
  } catch (error) {
    const { message, exitCode } = failureOf(error);
    console.error(`points: ${message}`);
    return exitCode;
  } finally {
    process.exitCode = before;
  }
}

/** Collects what is printed, and returns a function that ends it. */
function capture(printed: { out: string; errors: string }): () => void {
  const toOut = (text: unknown) => {
    printed.out += text;
    return true;
  };
  const toErrors = (text: unknown) => {
    printed.errors += text;
    return true;
  };
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(toOut),
    jest.spyOn(process.stderr, 'write').mockImplementation(toErrors),
    jest.spyOn(console, 'log').mockImplementation((text) => void toOut(`${text}\n`)),
    jest.spyOn(console, 'error').mockImplementation((text) => void toErrors(`${text}\n`)),
  ];
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const earlier = signals.map((signal) => process.listeners(signal));
  return () => {
    for (const spy of spies) spy.mockRestore();
    for (const [at, signal] of signals.entries()) {
      for (const listener of process.listeners(signal)) {
        if (!earlier[at]!.includes(listener)) process.off(signal, listener);
      }
    }
  };
}
