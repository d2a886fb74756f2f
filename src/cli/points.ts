#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { type ExitCode, exitCodes } from './command-error';
import { addDistribute } from './distribute-command';
import { addExport } from './export-command';
import { addImport } from './import-command';
import { messageOf } from './messages';
import { programVersion } from './program-version';
import { addRestore } from './restore-command';
import { addServe } from './serve-command';
import { addVerify } from './verify-command';

async function main(): Promise<void> {
  try {
    await program().parseAsync();
  } catch (error) {
    // Whatever is still under way, such as a request that nobody waits for any more.
    process.exit(failed(error));
  }
}

function program(): Command {
  const points = new Command('points')
    .description('An open ledger for loyalty points.')
    .version(programVersion(), '--version', 'Tell the version.')
    .helpOption('-h, --help', 'Tell what a command does.')
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText('after', exitText);
  for (const add of [addServe, addImport, addExport, addVerify, addRestore, addDistribute])
    add(points);
  return points;
}

const exitText = `
Exit status: 0 done; 1 done, with refused rows or findings; 2 wrong usage, setting or file;
3 the server or the store cannot be had; 130 interrupted. Of serve: 0 stopped by a signal;
1 could not start.
More in docs/import-export.md.`;

/** Commander has told its own errors already. */
function failed(error: unknown): ExitCode {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput;
  }
  const { message, exitCode } = messageOf(error);
  console.error(`points: ${message}`);
  return exitCode;
}

void main();
