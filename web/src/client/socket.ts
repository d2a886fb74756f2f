import { type Client, createClient } from 'graphql-ws';

const pingEveryMs = 12_000;
const pongMsMax = 6_000;

/**
 * The connection on which changes arrive. It is there while somebody watches, and does not come
 * back by itself: whoever watches knows from where on to watch again.
 */
export const socket: Client = createSocket();

let isOpen = false;
socket.on('connected', () => {
  isOpen = true;
});
socket.on('closed', () => {
  isOpen = false;
});

/** A second watcher finds it open, and is told of no connection. */
export const isSocketOpen = (): boolean => isOpen;

function createSocket(): Client {
  let late: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    retryAttempts: 0,
    keepAlive: pingEveryMs,
    // A network that is gone says nothing: a ping without an answer does.
    on: {
      ping: (received) => {
        if (!received) late = setTimeout(() => client.terminate(), pongMsMax);
      },
      pong: (received) => {
        if (received) clearTimeout(late);
      },
      closed: () => clearTimeout(late),
    },
  });
  return client;
}
