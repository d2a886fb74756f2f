import { constants } from 'node:os';

/** Returns a signal that the first SIGINT or SIGTERM aborts; the second ends the process. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (signal: 'SIGINT' | 'SIGTERM') => {
    if (controller.signal.aborted) process.exit(128 + constants.signals[signal]);
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
}
