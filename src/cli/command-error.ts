/** The exit statuses of commands; documented in docs/import-export.md. */
export const exitCodes = {
  done: 0,
  /** Done, and some rows were refused, or there are findings. */
  doneWithFindings: 1,
  /** The command line, a setting or a file is wrong. */
  badInput: 2,
  /** The server or the store is unreachable, or failed. */
  unreachable: 3,
  /** 128 + SIGINT, as in shells. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a command, with one sentence or two for its user. */
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
