import type { IncomingMessage } from 'node:http';

/**
 * True if a request comes from a page of this server, or not from a browser. Browsers let any page
 * open a WebSocket to any server, without a preflight.
 */
export function isSameOrigin({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  try {
    const page = new URL(origin);
    // Both are parsed, so that the default port of the scheme makes no difference.
    return page.host === new URL(`${page.protocol}//${host}`).host;
  } catch {
    return false;
  }
}
