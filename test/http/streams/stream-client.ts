import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { type Client, createClient, type FormattedExecutionResult } from 'graphql-ws';
import { WebSocket } from 'ws';

export const watchDefault = `subscription Watch($after: Int) {
  accountChanged(after: $after) { entry { sequence } account { points } }
}`;

interface Watched {
  readonly accountChanged: {
    readonly entry: { readonly sequence: number };
    readonly account: { readonly points: number };
  };
}

export function socketUrl(endpoint: string): string {
  return endpoint.replace(/^http/, 'ws');
}

/** graphql-ws's own client, without retries. */
export function socketClient(endpoint: string): Client {
  return createClient({
    url: socketUrl(endpoint),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    onNonLazyError: () => {},
  });
}

/** What a subscription was sent, and how it ended. */
export class Subscriber {
  readonly results: FormattedExecutionResult<Watched>[] = [];
  end: unknown = null;
  readonly leave: () => void;

  constructor(client: Client, query: string, variables: Record<string, unknown> = {}) {
    this.leave = client.subscribe<Watched>(
      { query, variables },
      {
        next: (result) => this.results.push(result as FormattedExecutionResult<Watched>),
        error: (error) => {
          this.end = error;
        },
        complete: () => {
          this.end = 'complete';
        },
      },
    );
  }

  get sequences(): (number | undefined)[] {
    return this.results.map(({ data }) => data?.accountChanged.entry.sequence);
  }
}

/** A WebSocket whose protocol messages are written by hand. */
export class RawSocket {
  readonly messages: { type: string; id?: string; payload?: unknown }[] = [];
  closed: { code: number; reason: string } | null = null;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => this.messages.push(JSON.parse(String(data))));
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) };
    });
    socket.on('error', () => {});
  }

  static async open(
    endpoint: string,
    protocol = 'graphql-transport-ws',
    headers: Record<string, string> = {},
  ): Promise<RawSocket> {
    const raw = new RawSocket(new WebSocket(socketUrl(endpoint), protocol, { headers }));
    await once(raw.socket, 'open');
    return raw;
  }

  /** Opened, and greeted. */
  static async greeted(endpoint: string): Promise<RawSocket> {
    const raw = await RawSocket.open(endpoint);
    raw.send({ type: 'connection_init' });
    await once(raw.socket, 'message');
    return raw;
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  subscribe(id: string, query = watchDefault, variables: object = {}): void {
    this.send({ id, type: 'subscribe', payload: { query, variables } });
  }
}

/** The parts of a multipart response, as they arrive. */
export class Parts {
  text = '';
  isOver = false;
  error: unknown = null;

  private constructor(readonly response: IncomingMessage) {
    response.setEncoding('utf8').on('data', (chunk) => {
      this.text += chunk;
    });
    response.on('error', (error) => {
      this.error = error;
    });
    response.on('close', () => {
      this.isOver = true;
    });
  }

  static async of(endpoint: string, query: string, variables: object = {}): Promise<Parts> {
    const headers = { 'content-type': 'application/json', accept: acceptParts };
    const asking = request(endpoint, { method: 'POST', headers, agent: false });
    asking.end(JSON.stringify({ query, variables }));
    const [response] = await once(asking, 'response');
    return new Parts(response as IncomingMessage);
  }

  get contents(): Record<string, unknown>[] {
    const parts = this.text.split('\r\n--graphql').slice(1);
    const bodies = parts.map((part) => part.split('\r\n\r\n')[1]);
    return bodies.flatMap((body) => (body ? [JSON.parse(body)] : []));
  }

  leave(): void {
    this.response.destroy();
  }
}

export const acceptParts =
  'multipart/mixed;boundary="graphql";subscriptionSpec="1.0", application/graphql-response+json, application/json;q=0.9';

/** Adds rows to the default account in one bulk call. */
export async function addRows(endpoint: string, count: number, points = 1): Promise<void> {
  const row = { payer: 'P', points, timestamp: '2020-01-01T00:00:00Z' };
  const query = `mutation ($input: AddTransactionsInput!) {
    addTransactions(input: $input) { results { errors { code } } }
  }`;
  const variables = { input: { transactions: Array(count).fill(row) } };
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { errors } = (await response.json()) as { errors?: object[] };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
}
