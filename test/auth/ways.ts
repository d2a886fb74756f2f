import { setImmediate as turn } from 'node:timers/promises';
import { scopes } from '../../src/auth/scopes';
import type { LedgerPrincipal } from '../../src/embed/ledger';
import { openLedger } from '../../src/embed/open-ledger';
import { until } from '../client/watch';
import { acceptParts, RawSocket } from '../http/streams/stream-client';
import { bearer, type Posted, type ProtectedServer, post } from './protected-server';

export interface Operation {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  /** Variables with which it changes nothing, if it does with those above. */
  readonly harmless?: Record<string, unknown>;
}

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

/** The documents that are compiled, by server. */
const compiled = new WeakMap<ProtectedServer, Set<string>>();

/** Lets one who may do everything execute an operation until it is compiled. */
async function compile(server: ProtectedServer, operation: Operation): Promise<void> {
  const { query, variables, harmless = variables } = operation;
  const known = compiled.get(server) ?? new Set();
  compiled.set(server, known);
  if (known.has(query)) return;
  const free = await server.createKey(`free ${known.size}`, { scopes });
  for (let time = 0; time < executions; time += 1) await post(server, free, query, harmless);
  known.add(query);
}

/** Sends a compiled operation twice; the responses have to be the same. */
async function warm(server: ProtectedServer, key: string, operation: Operation) {
  const { query, variables } = operation;
  await compile(server, operation);
  const { body } = await post(server, key, query, variables);
  expect((await post(server, key, query, variables)).body).toEqual(body);
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
  ['warm, when it is compiled', warm, true],
  ['by GET', byGet, false],
  ['as multipart', byParts, true],
];

export const streamWays: readonly [way: string, ask: Ask][] = [
  ['over a WebSocket', bySocket],
  ['as multipart', byParts],
];

/** Over a WebSocket, as if the operation were a subscription. */
export const socketOnly: Ask = bySocket;

type AskInProcess = (principal: LedgerPrincipal, operation: Operation) => Promise<Response>;

/** How a program executes an operation in its own process for a principal. */
export const inProcessWays: readonly [way: string, ask: AskInProcess][] = [
  ['in process', (principal, operation) => inProcess(principal, operation, 0)],
  ['in process, when it is compiled', (...args) => inProcess(...args, executions)],
];

/** @param before how often a program executes it for itself before. */
async function inProcess(
  principal: LedgerPrincipal,
  { query, variables, harmless = variables }: Operation,
  before: number,
): Promise<Response> {
  const ledger = await openLedger({ database: 'memory:' });
  for (let time = 0; time < before; time += 1) {
    await ledger.execute({ query, variables: harmless });
    // Operations are compiled between two turns of the event loop.
    await turn();
  }
  const response = await ledger.execute({ query, variables, principal });
  await ledger.close();
  return response as Response;
}

export function codesOf({ errors = [] }: Response): string[] {
  return errors.map(({ extensions }) => extensions.code);
}
