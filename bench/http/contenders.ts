import { join } from 'node:path';
import type { RequestKind } from './graphql-requests';
import { type ServerProcess, startLedger, startReference } from './server-process';

export interface Servers {
  readonly floor: ServerProcess;
  readonly apollo: ServerProcess;
  readonly apolloProduction: ServerProcess;
  readonly mercurius: ServerProcess;
  readonly ledger: ServerProcess;
}

/** A server, its requests, and the target relative to the Apollo standalone server. */
export interface Contender {
  readonly name: string;
  readonly server: keyof Servers;
  readonly request: RequestKind;
  readonly target: number | null;
}

export const apolloName = 'Apollo standalone, default settings';

export const contenders: readonly Contender[] = [
  {
    name: 'node:http, JSON without GraphQL',
    server: 'floor',
    request: { kind: 'referenceAdd' },
    target: null,
  },
  { name: apolloName, server: 'apollo', request: { kind: 'referenceAdd' }, target: null },
  {
    name: 'Apollo standalone, NODE_ENV=production',
    server: 'apolloProduction',
    request: { kind: 'referenceAdd' },
    target: null,
  },
  {
    name: 'Mercurius with JIT',
    server: 'mercurius',
    request: { kind: 'referenceAdd' },
    target: null,
  },
  {
    name: 'ledger, addTransaction, 1,000 accounts',
    server: 'ledger',
    request: { kind: 'addTransaction', accounts: 1_000 },
    target: 1.3,
  },
  {
    name: 'ledger, addTransaction, one account',
    server: 'ledger',
    request: { kind: 'addTransaction', accounts: 1 },
    target: 1.8,
  },
  { name: 'ledger, balances', server: 'ledger', request: { kind: 'balances' }, target: 1.3 },
];

export async function startServers(folder: string): Promise<Servers> {
  const reference = (name: string) => join(__dirname, '..', 'reference', name);
  return {
    floor: await startReference(reference('plain-http.js')),
    apollo: await startReference(reference('apollo-standalone.js'), { NODE_ENV: '' }),
    apolloProduction: await startReference(reference('apollo-standalone.js'), {
      NODE_ENV: 'production',
    }),
    mercurius: await startReference(reference('mercurius-jit.js')),
    ledger: await startLedger(`file:${join(folder, 'ledger.db')}`),
  };
}

export async function stopServers(servers: Servers): Promise<void> {
  await Promise.all(Object.values(servers).map((server: ServerProcess) => server.stop()));
}
