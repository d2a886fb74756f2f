import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import type { Authentication } from './auth/authenticator';
import { openAuthenticator } from './auth/open-authenticator';
import { type Config, type Database, type Limits, limits, type SettingNames } from './config';
import { buildLedgerSchema } from './graphql/schema';
import { createHttpServer, type HttpServer } from './http/http-server';
import type { Journal } from './journal/journal';
import { MemoryJournal } from './journal/memory/journal';
import { OpeningJournal } from './journal/opening-journal';
import { PostgresJournal } from './journal/postgres/journal';
import { SqliteJournal } from './journal/sqlite/journal';
import { OperatorError } from './operator-error';
import { BatchingLedgerService } from './service/batching-ledger-service';
import type { LedgerService } from './service/ledger-service';
import type { Logger } from './telemetry/logger';

export interface App {
  /** The address of the console, which a person can open. */
  readonly url: string;
  /** Refuses new requests, finishes those in flight, closes the journal. */
  close(): Promise<void>;
}

export interface AppOptions {
  /** Called if it turns out only later that the database cannot be used; throws by default. */
  readonly onUnusable?: (error: unknown) => void;
  /** How messages name the settings; by default as the environment does. */
  readonly names?: SettingNames;
  /** Limits that differ from the program's, such as a shorter wait for idle connections. */
  readonly limits?: Partial<Limits>;
}

/**
 * Connects the layers, from the journal to the HTTP server, and listens. If the database is
 * unavailable, the server listens, is not ready, and keeps trying.
 *
 * @throws OperatorError, {@link OperatorError}: both can be fixed by the operator, and nothing is
 * left open.
 */
export async function startApp(
  config: Config,
  logger: Logger,
  { onUnusable = fail, names = {}, limits: given = {} }: AppOptions = {},
): Promise<App> {
  const journal = await openJournal(config.database, logger, onUnusable);
  const service = new BatchingLedgerService({ journal, logger, sweep: config.sweep });
  try {
    const schema = buildLedgerSchema(service, config);
    const server = await startServer({ schema, service, logger, config, names, limits: given });
    return { url: server.url, close: () => closeBoth(server, service) };
  } catch (error) {
    await service.close();
    throw error;
  }
}

interface ServerOptions {
  readonly schema: GraphQLSchema;
  readonly service: Pick<LedgerService, 'check'>;
  readonly logger: Logger;
  readonly config: Config;
  readonly names: SettingNames;
  readonly limits?: Partial<Limits>;
}

/**
 * Starts an HTTP server for a schema. Its `close` does not close the service.
 * @throws OperatorError if it cannot listen; nothing is left open.
 */
export async function startServer(options: ServerOptions): Promise<App> {
  const { authenticator, close } = await openAuthenticator({ ...options.config, ...options });
  try {
    const server = await listenWith(options, authenticator);
    return { url: server.url, close: () => server.close().finally(close) };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listenWith(options: ServerOptions, authentication: Authentication): Promise<App> {
  const { schema, service, logger, config, names } = options;
  const server = await createHttpServer({
    schema,
    authentication,
    introspection: config.introspection,
    limits: { ...limits, ...options.limits },
    logger,
    allowedHosts: config.allowedHosts,
    corsOrigins: config.corsOrigins,
    logRequests: config.logLevel === 'debug',
    consoleFolder: join(__dirname, 'web'),
    check: () => service.check(),
  });
  const port = await listen(server, config, names);
  return { url: urlOf(config.host, port), close: () => server.stop() };
}

/**
 * Opens the journal of a database. A further kind of store gets its case here.
 *
 * @param onUnusable called if a database that was unavailable turns out to be unusable; null to
 * reject if it is unavailable.
 */
export async function openJournal(
  database: Database,
  logger: Logger,
  onUnusable: ((error: unknown) => void) | null,
): Promise<Journal> {
  switch (database.kind) {
    case 'memory':
      return new MemoryJournal();
    case 'file':
      return SqliteJournal.open(database.path, { logger });
    case 'postgres': {
      const open = () => PostgresJournal.open(database.url, { logger });
      return onUnusable === null ? open() : OpeningJournal.open(open, { logger, onUnusable });
    }
  }
}

function fail(error: unknown): never {
  throw error;
}

async function listen(
  server: HttpServer,
  { host, port }: Config,
  names: SettingNames,
): Promise<number> {
  try {
    return (await server.listen({ host, port })).port;
  } catch (error) {
    await server.stop();
    throw new OperatorError(
      'address',
      explanation(error as NodeJS.ErrnoException, { host, port, names }),
    );
  }
}

interface Address {
  readonly host: string;
  readonly port: number;
  readonly names: SettingNames;
}

function explanation(
  { code, message }: NodeJS.ErrnoException,
  { host, port, names: { PORT = 'PORT', HOST = 'HOST' } }: Address,
): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use; stop the program that listens there, or set ${PORT} to another.`;
    case 'EACCES':
      return `Port ${port} on ${host} is not allowed for this user; set ${PORT} to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is not an address of this machine; set ${HOST} to one, such as 127.0.0.1 or 0.0.0.0.`;
    default:
      return `Cannot listen on ${host}, port ${port}: ${message}`;
  }
}

async function closeBoth(server: App, service: LedgerService): Promise<void> {
  await server.close();
  await service.close();
}

function urlOf(host: string, port: number): string {
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}/`;
}
