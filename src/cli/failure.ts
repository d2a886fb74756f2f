import { ExportError } from '../archive/export-error';
import { messageOf, reasonOf } from '../error-message';
import { ImportError } from '../import/import-error';
import { ServerAway } from '../import/send-rows';
import { AppendOutcomeUnknown, JournalUnavailable } from '../journal/journal-error';
import { OperatorError } from '../operator-error';
import { wholePath } from '../whole-path';
import { CommandError, type ExitCode, exitCodes } from './command-error';

/** How a failed command ends. */
interface Failure {
  readonly message: string;
  readonly exitCode: ExitCode;
}

/** Errors of which the user can fix the cause by another file. */
const inputErrors = [ImportError, ExportError];
const storeErrors = [JournalUnavailable, AppendOutcomeUnknown, ServerAway];

/** Returns the message of an expected error, or the stack of any other. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommandError) return error;
  const exitCode = exitCodeOf(error);
  if (exitCode !== null) return { message: messageOf(error), exitCode };
  const { unreachable, badInput } = exitCodes;
  if (!(error instanceof Error)) return { message: String(error), exitCode: unreachable };
  if (isOfSystem(error)) return { message: `${systemMessage(error)}.`, exitCode: badInput };
  return { message: error.stack ?? error.message, exitCode: unreachable };
}

function isOfSystem(error: Error): error is NodeJS.ErrnoException {
  return 'syscall' in error;
}

function systemMessage(error: NodeJS.ErrnoException): string {
  const { path } = error;
  const place = path === undefined ? 'It failed' : `${wholePath(path)} cannot be used`;
  return `${place}: ${reasonOf(error, path)}`;
}

function exitCodeOf(error: unknown): ExitCode | null {
  if (error instanceof OperatorError) {
    return error.area === 'setting' ? exitCodes.badInput : exitCodes.unreachable;
  }
  if (inputErrors.some((type) => error instanceof type)) return exitCodes.badInput;
  return storeErrors.some((type) => error instanceof type) ? exitCodes.unreachable : null;
}
