#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { type ExitCode, exitCodes } from './command-error';
import { addDigests } from './digests-command';
import { addDistribute } from './distribute-command';
import { addExport } from './export-command';
import { failureOf } from './failure';
import { addImport } from './import-command';
import { addKeys } from './keys-command';
import { programVersion } from './program-version';
import { addRestore } from './restore-command';
import { addServe } from './serve-command';
import { addSweep } from './sweep-command';
import { addVerify } from './verify-command';
import { failWithOutput } from './write-text';

async function main(): Promise<void> {
  failWithOutput();
  try {
    await program().parseAsync();
  } catch (error) {
    // Ends what is still in flight, such as a request whose result is no longer needed.
    process.exit(reportFailure(error));
  }
}

/**
 * Returns the command. Each of its commands imports what it runs when it is called: loading all of
 * it takes 0.2 s of CPU.
 */
function program(): Command {
  const points = new Command('points')
    .description('An open ledger for loyalty points.')
    .version(programVersion(), '--version', 'Print the version.')
    .helpOption('-h, --help', 'Print the help of a command.')
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText('after', exitText);
  const commands = [addServe, addImport, addExport, addVerify, addDigests, addRestore];
  for (const add of [...commands, addSweep, addKeys, addDistribute]) add(points);
  return points;
}

const exitText = `
Exit status: 0 done; 1 done, with refused rows or findings; 2 wrong usage, setting or file;
3 the server or the store is unreachable; 130 interrupted. Of serve: 0 stopped by a signal;
1 could not start.
More in docs/import-export.md.`;

/** Prints why a command failed, unless commander has printed it. */
function reportFailure(error: unknown): ExitCode {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput;
  }
  const { message, exitCode } = failureOf(error);
  console.error(`points: ${message}`);
  return exitCode;
}

void main();
