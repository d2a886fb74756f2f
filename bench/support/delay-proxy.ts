import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * Passes everything on to a local port, delayed in each direction: a server further away.
 * @param backMs the delay of what the server sends, if it is another.
 */
export function startDelayProxy(
  target: number,
  delayMs: number,
  backMs = delayMs,
): Promise<DelayProxy> {
  const server = createServer((near) => {
    const far = connect({ port: target, host: '127.0.0.1', noDelay: true });
    near.setNoDelay(true);
    pipeLater(near, far, delayMs);
    pipeLater(far, near, backMs);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ port, stop: () => stop(server) });
    });
  });
}

interface DelayProxy {
  readonly port: number;
  stop(): Promise<void>;
}

function pipeLater(from: Socket, to: Socket, delayMs: number): void {
  if (delayMs === 0) from.on('data', (chunk) => to.write(chunk));
  else from.on('data', (chunk) => setTimeout(() => to.write(chunk), delayMs));
  from.on('close', () => to.destroy());
  from.on('error', () => to.destroy());
}

async function stop(server: Server): Promise<void> {
  await new Promise((resolve) => server.close(resolve));
}
