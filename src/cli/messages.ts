import { CommandError, type ExitCode, exitCodes } from './command-error';

/** Errors whose messages are for people, and how a command ends with them. */
const exitCodeOfName: Readonly<Record<string, ExitCode>> = {
  ImportFault: exitCodes.badInput,
  ExportFault: exitCodes.badInput,
  ConfigError: exitCodes.badInput,
  JournalUnusable: exitCodes.unreachable,
  JournalUnavailable: exitCodes.unreachable,
  JournalDamaged: exitCodes.unreachable,
  AppendOutcomeUnknown: exitCodes.unreachable,
  ServerAway: exitCodes.unreachable,
};

/** How to tell an error: in its own words, or, where nobody expected it, with its stack. */
export function messageOf(error: unknown): { message: string; exitCode: ExitCode } {
  if (error instanceof CommandError) return error;
  if (!(error instanceof Error)) return { message: String(error), exitCode: exitCodes.unreachable };
  const exitCode = exitCodeOfName[error.name];
  if (exitCode !== undefined) return { message: error.message, exitCode };
  if ('syscall' in error) return { message: `${error.message}.`, exitCode: exitCodes.badInput };
  return { message: error.stack ?? error.message, exitCode: exitCodes.unreachable };
}
