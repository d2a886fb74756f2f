import type { Logger } from '../telemetry/logger';

/** Writes what a command should tell its user to standard error, a line each. */
export const consoleLogger: Logger = {
  debug() {},
  info() {},
  warn: write,
  error: write,
};

function write(fields: object, message: string): void {
  const { err, ...others } = fields as { readonly err?: unknown };
  const reason = err instanceof Error ? `: ${err.message}` : '';
  const shown = Object.keys(others).length === 0 ? '' : ` ${JSON.stringify(others)}`;
  console.error(`points: ${message}${reason}${shown}`);
}
