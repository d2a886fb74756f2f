import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection that sends raw bytes and collects the response. */
export class RawConnection {
  text = '';
  /** True if the server has closed its half, which is seen only by reading. */
  isClosed = false;

  private constructor(readonly socket: Socket) {
    socket.setEncoding('latin1').on('error', () => {});
    const closed = () => {
      this.isClosed = true;
    };
    socket.on('end', closed).on('close', closed);
  }

  /** Reads nothing before `read` is called. Stays half open if the server ends its half. */
  static async open(origin: string): Promise<RawConnection> {
    const { hostname, port } = new URL(origin);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const raw = new RawConnection(socket);
    await once(socket, 'connect');
    return raw;
  }

  send(text: string): this {
    this.socket.write(text);
    return this;
  }

  read(): this {
    this.socket.on('data', (chunk) => {
      this.text += chunk;
    });
    return this;
  }

  /** The status codes of the responses so far; none of their bodies may look like one. */
  get statuses(): number[] {
    return [...this.text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  }
}

/** The bytes of a request with an empty or a given body. */
export function requestText(
  target: string,
  fields: Readonly<Record<string, string>> = {},
  body = '',
): string {
  const method = body === '' ? 'GET' : 'POST';
  const length: Record<string, string> = body === '' ? {} : { 'content-length': `${body.length}` };
  const all = { host: 'localhost', ...length, ...fields };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

export const webSocketFields = {
  connection: 'upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-protocol': 'graphql-transport-ws',
};
