import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { bucketHeader } from '../../src/client/bucket';

const channel = 'http.server.request.start';

/**
 * Runs a function and returns the header X-Ledger-Bucket of each request that a server of this
 * process received meanwhile; `undefined` for a request without it.
 */
export async function receivedBuckets(
  run: () => Promise<unknown>,
): Promise<(string | undefined)[]> {
  const received: (string | undefined)[] = [];
  const note = (message: unknown) => {
    const { request } = message as { request: IncomingMessage };
    received.push(request.headers[bucketHeader] as string | undefined);
  };
  subscribe(channel, note);
  try {
    await run();
  } finally {
    unsubscribe(channel, note);
  }
  return received;
}
