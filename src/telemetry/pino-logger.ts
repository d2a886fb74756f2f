import pino from 'pino';
import type { LogLevel } from '../config';
import type { Logger } from './logger';

/**
 * Returns a log that writes one JSON line per event to standard output synchronously: a line about
 * the exit of the process must not be lost in a buffer. Lines are few unless the level is `debug`.
 */
export function createLogger(level: LogLevel): Logger {
  const output = pino.destination({ fd: 1, sync: true });
  // The server must not end because its log cannot be written, for example on a full disk.
  output.on('error', () => {});
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, output);
}
