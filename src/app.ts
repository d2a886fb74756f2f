// type-graphql's decorators look for it as soon as a file of theirs is loaded.
import 'reflect-metadata';

import { join } from 'node:path';
import { type Config, type Database, limits } from './config';
import { buildLedgerSchema } from './graphql/schema';
import { createHttpServer, type HttpServer } from './http/http-server';
import type { Journal } from './journal/journal';
import { MemoryJournal } from './journal/memory/journal';
import { OpeningJournal } from './journal/opening-journal';
import { PostgresJournal } from './journal/postgres/journal';
import { SqliteJournal } from './journal/sqlite/journal';
import { BatchingLedgerService } from './service/batching-ledger-service';
import type { LedgerService } from './service/ledger-service';
import type { Logger } from './telemetry/logger';

export interface App {
  /** Where a person reaches it. */
  readonly url: string;
  /** Takes no more requests, answers those it has, closes the journal. */
  close(): Promise<void>;
}

/** The address cannot be had: a message for the operator. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/**
 * Puts the layers together, from the disk to the door. Rejects with a `JournalUnusable` or a
 * {@link ListenError} where the operator can help; nothing is left open then. A database that is
 * away is waited for, by a server that listens and is not ready.
 *
 * @param onUnusable told if it then turns out that the database cannot be used.
 */
export async function startApp(
  config: Config,
  logger: Logger,
  onUnusable: (error: unknown) => void = endInError,
): Promise<App> {
  const journal = await openJournal(config.database, logger, onUnusable);
  const service = new BatchingLedgerService({ journal, logger });
  try {
    const server = await createHttpServer({
      schema: buildLedgerSchema(service),
      introspection: config.introspection,
      limits,
      logger,
      allowedHosts: config.allowedHosts,
      corsOrigins: config.corsOrigins,
      logRequests: config.logLevel === 'debug',
      consoleFolder: join(__dirname, 'web'),
      check: () => service.check(),
    });
    const port = await listen(server, config);
    return { url: urlOf(config.host, port), close: () => close(server, service) };
  } catch (error) {
    await service.close();
    throw error;
  }
}

/** A store of another kind gets its case here. */
async function openJournal(
  database: Database,
  logger: Logger,
  onUnusable: (error: unknown) => void,
): Promise<Journal> {
  switch (database.kind) {
    case 'memory':
      return new MemoryJournal();
    case 'file':
      return SqliteJournal.open(database.path, { logger });
    case 'postgres': {
      const open = () => PostgresJournal.open(database.url, { logger });
      return OpeningJournal.open(open, { logger, onUnusable });
    }
  }
}

function endInError(error: unknown): never {
  throw error;
}

async function listen(server: HttpServer, { host, port }: Config): Promise<number> {
  try {
    return (await server.listen({ host, port })).port;
  } catch (error) {
    await server.stop();
    throw new ListenError(explanation(error as NodeJS.ErrnoException, host, port));
  }
}

function explanation({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken; stop what listens there, or set PORT to another.`;
    case 'EACCES':
      return `Port ${port} on ${host} is not allowed for this user; set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine; set HOST to one, such as 127.0.0.1 or 0.0.0.0.`;
    default:
      return `Cannot listen on ${host}, port ${port}: ${message}`;
  }
}

async function close(server: HttpServer, service: LedgerService): Promise<void> {
  await server.stop();
  await service.close();
}

function urlOf(host: string, port: number): string {
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}/`;
}
