/** What a command's exit status means; documented in docs/import-export.md. */
export const exitCodes = {
  done: 0,
  /** Done, and there are rows that were refused, or findings. */
  doneWithFindings: 1,
  /** The command line, a setting or a file is wrong. */
  badInput: 2,
  /** The server or the store cannot be had, or failed. */
  unreachable: 3,
  /** As shells count the end by a signal. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Why a command ends: one sentence or two for the person who called it. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    message: string,
    readonly exitCode: ExitCode = exitCodes.badInput,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
