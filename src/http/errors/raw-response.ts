import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Refusal } from '../admission/refusal';
import { topLevelError } from './top-level-error';

/** Writes a refusal to a connection for which Node has no response object, and closes it. */
export function refuseConnection(socket: Duplex, { status, code, message }: Refusal): void {
  const body = JSON.stringify({ errors: [topLevelError(code, message)] });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'vary: Origin',
    'x-content-type-options: nosniff',
    'connection: close',
  ];
  // Otherwise a peer that never closes its half would keep the connection open.
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
