import type { IncomingMessage } from 'node:http';

/**
 * Whether a request comes from no browser, or from a page of this very server. Browsers let any
 * page open a WebSocket to any server, without asking it before.
 */
export function isSameOrigin({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  try {
    const page = new URL(origin);
    // Read alike, so that a port that the scheme implies makes no difference.
    return page.host === new URL(`${page.protocol}//${host}`).host;
  } catch {
    return false;
  }
}
