import pino from 'pino';
import type { LogLevel } from '../config';
import type { Logger } from './logger';

/**
 * Writes one JSON line per event to standard output, before the call returns: a line about the end
 * of the process must not wait in memory for it. Lines are few unless the level is `debug`.
 */
export function createLogger(level: LogLevel): Logger {
  const output = pino.destination({ fd: 1, sync: true });
  // A log that cannot be written, as on a full disk, must not end the server whose log it is.
  output.on('error', () => {});
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, output);
}
