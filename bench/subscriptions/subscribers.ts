import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';

/** As many as a WebSocket carries. */
const perSocket = 100;

const query = `subscription Watch($accountId: ID!) {
  accountChanged(accountId: $accountId, after: 0) {
    entry { id sequence reference }
    account { points balances { payer points } }
  }
}`;

/** Matches the number of the change; nothing else of an event is parsed. */
const reference = /"reference":"(\d+)"/;

/** Subscriptions over as many WebSockets as they need. */
export class Subscribers {
  private readonly sockets: WebSocket[] = [];
  events = 0;

  /** @param onEvent gets the number of the change. */
  constructor(
    private readonly port: number,
    private readonly onEvent: (change: number) => void,
  ) {}

  /**
   * Subscribes. Every account must hold one entry: a subscription is open when that one has
   * arrived.
   */
  async open(count: number, accountOf: (subscriber: number) => string): Promise<void> {
    for (let first = 0; first < count; first += perSocket) {
      const socket = await this.connect();
      const last = Math.min(count, first + perSocket);
      const before = this.events;
      for (let subscriber = first; subscriber < last; subscriber += 1) {
        const payload = { query, variables: { accountId: accountOf(subscriber) } };
        socket.send(JSON.stringify({ id: `${subscriber}`, type: 'subscribe', payload }));
      }
      while (this.events < before + last - first) await pause(1);
    }
    this.events = 0;
  }

  close(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  private async connect(): Promise<WebSocket> {
    const socket = new WebSocket(`ws://127.0.0.1:${this.port}/graphql`, 'graphql-transport-ws', {
      perMessageDeflate: false,
    });
    this.sockets.push(socket);
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    await once(socket, 'message');
    socket.on('message', (data) => this.take(String(data)));
    return socket;
  }

  private take(text: string): void {
    const change = reference.exec(text)?.[1];
    if (change === undefined) throw new Error(`No event: ${text}`);
    this.events += 1;
    this.onEvent(Number(change));
  }
}
