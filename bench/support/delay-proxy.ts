import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Passes everything on to a local port, delayed in each direction: a server further away. */
export function startDelayProxy(target: number, delayMs: number): Promise<DelayProxy> {
  const server = createServer((near) => {
    const far = connect({ port: target, host: '127.0.0.1', noDelay: true });
    near.setNoDelay(true);
    pipeLater(near, far, delayMs);
    pipeLater(far, near, delayMs);
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
  from.on('data', (chunk) => setTimeout(() => to.write(chunk), delayMs));
  from.on('close', () => to.destroy());
  from.on('error', () => to.destroy());
}

async function stop(server: Server): Promise<void> {
  await new Promise((resolve) => server.close(resolve));
}
