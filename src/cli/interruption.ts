import { constants } from 'node:os';

type EndSignal = 'SIGINT' | 'SIGTERM';

/**
 * Returns a signal that the first SIGINT or SIGTERM aborts; the second ends the process at once.
 * @param left returns what an end at this moment leaves, and how to go on; printed with it.
 */
export function interruption(left: () => string = () => ''): AbortSignal {
  const controller = new AbortController();
  onEndSignal((signal) => {
    if (controller.signal.aborted) endAtOnce(signal, left());
    controller.abort();
  });
  return controller.signal;
}

/**
 * Lets SIGINT and SIGTERM end the process at once, but as an exit, which shows the cursor again
 * that a bar hides.
 * @param left what that leaves, and how to go on.
 */
export function endOnSignal(left: string): void {
  onEndSignal((signal) => endAtOnce(signal, left));
}

function onEndSignal(act: (signal: EndSignal) => void): void {
  process.on('SIGINT', act);
  process.on('SIGTERM', act);
}

function endAtOnce(signal: EndSignal, left: string): never {
  // A bar may be on the line.
  const start = process.stderr.isTTY ? '\n' : '';
  console.error(`${start}points: Interrupted at once.${left === '' ? '' : ` ${left}`}`);
  process.exit(128 + constants.signals[signal]);
}
