import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startApp } from '../../src/app';
import { withoutAuthentication } from '../../src/auth/authenticator';
import { type Database, type Limits, limits } from '../../src/config';
import type { CorsOrigins } from '../../src/cors-origins';
import { buildLedgerSchema } from '../../src/graphql/schema';
import { createHttpServer } from '../../src/http/http-server';
import {
  BatchingLedgerService,
  type LedgerServiceOptions,
} from '../../src/service/batching-ledger-service';
import { type Logger, silentLogger } from '../../src/telemetry/logger';
import { appSettings } from './app-settings';
import { temporaryFolder } from './temporary-folder';

export interface LedgerServer {
  /** Address of the GraphQL endpoint. */
  readonly endpoint: string;
  /** Responds to requests in flight, then ends. May be called again. */
  stop(): Promise<void>;
}

/**
 * Makes a database for each server of a test that names none; null uses those of the test itself.
 */
let freshDatabase: (() => Promise<string>) | null = null;

/** Makes servers that are started without a database use a fresh one of PostgreSQL. */
export function serveFromPostgres(fresh: () => Promise<string>): void {
  freshDatabase = fresh;
}

/**
 * The clients of a test keep their connections open. No request is on its way when it stops the
 * server, which need not wait for one.
 */
export const briefStop = { stopIdleMsMax: 50 };

/** Starts the program as an operator does; the system chooses a port unless the test does. */
export async function startLedger(
  given: Database | null = null,
  port = 0,
  corsOrigins: CorsOrigins = [],
): Promise<LedgerServer> {
  const database = given ?? (await passingDatabase());
  const config = { ...appSettings, port, corsOrigins, database };
  const app = await startApp(config, silentLogger, { limits: briefStop });
  return { endpoint: `${app.url}graphql`, stop: once(() => app.close()) };
}

/** Returns the kinds of store on which a suite runs, and how to start a server on each. */
export function ledgerPlaces(): [place: string, start: () => Promise<LedgerServer>][] {
  if (freshDatabase !== null) return [['on PostgreSQL', startLedger]];
  return [
    ['in memory', startLedger],
    ['on a SQLite file', startLedgerOnFile],
  ];
}

export interface RestartableServer extends LedgerServer {
  /** Stops it and starts it again, on the same file and the same port. */
  restart(): Promise<void>;
}

async function passingDatabase(): Promise<Database> {
  if (freshDatabase === null) return { kind: 'memory' };
  return { kind: 'postgres', url: await freshDatabase() };
}

/** Starts the program on a SQLite file of its own, which is removed when it has stopped. */
export async function startLedgerOnFile(): Promise<RestartableServer> {
  const folder = temporaryFolder('client');
  const database: Database =
    freshDatabase === null
      ? { kind: 'file', path: join(folder, 'ledger.db') }
      : { kind: 'postgres', url: await freshDatabase() };
  let server = await startLedger(database);
  const { endpoint } = server;
  return {
    endpoint,
    async restart() {
      await server.stop();
      server = await startLedger(database, Number(new URL(endpoint).port));
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Starts the program's layers over a journal, limits or a clock that the test chooses. */
export async function startLedgerOver(
  options: Omit<LedgerServiceOptions, 'logger'>,
  logger: Logger = silentLogger,
  given: Partial<Limits> & { readonly introspection?: boolean } = {},
): Promise<LedgerServer> {
  const service = new BatchingLedgerService({ ...options, logger });
  const server = await createHttpServer({
    schema: buildLedgerSchema(service),
    introspection: given.introspection ?? true,
    authentication: withoutAuthentication,
    limits: { ...limits, ...briefStop, ...given },
    logger,
    allowedHosts: null,
    corsOrigins: [],
    logRequests: false,
    consoleFolder: 'none',
    check: () => service.check(),
  });
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    endpoint: `http://127.0.0.1:${port}/graphql`,
    stop: once(async () => {
      await server.stop();
      await service.close();
    }),
  };
}

/** Returns a function that runs `stop` at its first call, and returns the same promise always. */
function once(stop: () => Promise<void>): () => Promise<void> {
  let stopping: Promise<void> | null = null;
  return () => (stopping ??= stop());
}
