import { type Client, CloseCode, createClient } from 'graphql-ws';
import { noteRefused } from '../access/access';
import { credential } from '../access/credential';

const pingEveryMs = 12_000;
const pongTimeoutMs = 6_000;

/**
 * The WebSocket connection of the subscriptions. It is open while there is a subscription, and does
 * not reconnect by itself: `AccountWatch` knows the sequence from which to subscribe again.
 */
export const socket: Client = createSocket();

let isOpen = false;
socket.on('connected', () => {
  isOpen = true;
});
socket.on('closed', (event) => {
  isOpen = false;
  // A key or token that is refused with `connection_init` gets no other response.
  const { code, reason } = event as CloseEvent;
  if (code === CloseCode.Forbidden && reason.startsWith('UNAUTHENTICATED')) noteRefused();
});

/** True while the socket is connected: a second subscription then gets no `connected` event. */
export const isSocketOpen = (): boolean => isOpen;

function createSocket(): Client {
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    retryAttempts: 0,
    connectionParams: () => credential.headers,
    keepAlive: pingEveryMs,
    // A lost network raises no event; a ping without a pong shows it.
    on: {
      ping: (received) => {
        if (!received) pongTimer = setTimeout(() => client.terminate(), pongTimeoutMs);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
      closed: () => clearTimeout(pongTimer),
    },
  });
  return client;
}
