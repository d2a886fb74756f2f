import type { LedgerPrincipal } from '../../src/embed/ledger';
import { openLedger } from '../../src/embed/open-ledger';
import { until } from '../client/watch';
import { acceptParts, RawSocket } from '../http/streams/stream-client';
import { bearer, type Posted, type ProtectedServer, post } from './protected-server';

export type Operation = { readonly query: string; readonly variables?: Record<string, unknown> };

/** A response without what differs between requests. */
type Response = Pick<Posted['body'], 'data' | 'errors'>;

type Ask = (server: ProtectedServer, key: string, operation: Operation) => Promise<Response>;

/** More executions than an operation has before it is compiled. */
const executions = 12;

async function cold(server: ProtectedServer, key: string, { query, variables }: Operation) {
  // A document that no other test has sent.
  const { body } = await post(server, key, `# ${crypto.randomUUID()}\n${query}`, variables);
  return body;
}

/** Sends the operation until it is compiled; each response has to be the same. */
async function warm(server: ProtectedServer, key: string, { query, variables }: Operation) {
  const { body } = await post(server, key, query, variables);
  for (let time = 0; time < executions; time += 1) {
    expect((await post(server, key, query, variables)).body).toEqual(body);
  }
  return body;
}

async function byGet(server: ProtectedServer, key: string, { query, variables }: Operation) {
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables ?? {}) });
  const headers = { 'apollo-require-preflight': '1', ...bearer(key) };
  return (await fetch(`${server.endpoint}?${search}`, { headers })).json() as Promise<Response>;
}

async function byParts(server: ProtectedServer, key: string, { query, variables }: Operation) {
  const { body } = await post(server, key, query, variables, { accept: acceptParts });
  return body;
}

/** Over a WebSocket, as a subscription. */
async function bySocket(server: ProtectedServer, key: string, { query, variables }: Operation) {
  const raw = await RawSocket.open(server.endpoint, undefined, bearer(key));
  raw.send({ type: 'connection_init' });
  await until(() => raw.messages.length === 1);
  raw.subscribe('1', query, variables);
  await until(() => raw.messages.length === 2);
  raw.socket.close();
  const [, { payload }] = raw.messages as [unknown, { payload: Response['errors'] }];
  return { errors: payload };
}

/** How queries and mutations are executed. */
export const ways: readonly [way: string, ask: Ask, isForMutations: boolean][] = [
  ['cold', cold, true],
  ['warm, until it is compiled', warm, true],
  ['by GET', byGet, false],
  ['as multipart', byParts, true],
];

export const streamWays: readonly [way: string, ask: Ask][] = [
  ['over a WebSocket', bySocket],
  ['as multipart', byParts],
];

/** Executes an operation in process for a principal. */
export async function inProcess(
  principal: LedgerPrincipal,
  { query, variables }: Operation,
): Promise<Response> {
  const ledger = await openLedger({ database: 'memory:' });
  const response = await ledger.execute({ query, variables, principal });
  await ledger.close();
  return response as Response;
}

export function codesOf({ errors = [] }: Response): string[] {
  return errors.map(({ extensions }) => extensions.code);
}
