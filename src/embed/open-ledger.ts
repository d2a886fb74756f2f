import type { GraphQLSchema } from 'graphql';
import { openJournal, startServer } from '../app';
import type { Config } from '../config';
import { buildLedgerSchema } from '../graphql/schema';
import { BatchingLedgerService } from '../service/batching-ledger-service';
import { type Logger, silentLogger } from '../telemetry/logger';
import { InProcess } from './in-process';
import type { Ledger, LedgerOptions, LedgerRequest, LedgerResponse, LedgerServer } from './ledger';
import { optionNames, readAddress, readLedgerOptions } from './ledger-options';
import { ReplaceableService } from './replaceable-service';
import { schemaForCopy } from './schema-for-copy';

/**
 * Opens a ledger in this process. It reads no environment variable, installs no signal handler, and
 * leaves nothing open after `close`.
 *
 * @throws OperatorError if an option cannot be used, OperatorError or JournalUnavailable if the
 * database cannot.
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const config = readLedgerOptions(options);
  const logger = options.logger ?? silentLogger;
  const openService = () => openServiceOn(config, logger, options.now);
  const service = new ReplaceableService(await openService());
  try {
    const schema = buildLedgerSchema(service, config);
    const inProcess = await InProcess.start(schema, config, logger);
    const parts = { config, logger, openService, service, schema, inProcess };
    return ledgerOf(parts, options.graphql);
  } catch (error) {
    await service.close();
    throw error;
  }
}

async function openServiceOn(config: Config, logger: Logger, now: LedgerOptions['now']) {
  const journal = await openJournal(config.database, logger, null);
  if (now === undefined) return new BatchingLedgerService({ journal, logger, sweep: config.sweep });
  // What a clock of the caller's shows as expired must not be expired for good.
  return new BatchingLedgerService({ journal, logger, now: () => Number(now()) });
}

interface Parts {
  readonly config: Config;
  readonly logger: Logger;
  readonly openService: () => Promise<BatchingLedgerService>;
  readonly service: ReplaceableService;
  readonly schema: GraphQLSchema;
  readonly inProcess: InProcess;
}

function ledgerOf(parts: Parts, graphql: LedgerOptions['graphql']): Ledger {
  const { service, inProcess } = parts;
  const servers: Servers = new Set();
  let closing: Promise<void> | null = null;
  const whileOpen = () => {
    if (closing !== null) throw new Error('The ledger is closed.');
  };
  return {
    schema: schemaForCopy(graphql, parts.schema),
    async execute<Data, Variables>(request: LedgerRequest<Data, Variables>) {
      whileOpen();
      return (await inProcess.execute(request as LedgerRequest)) as LedgerResponse<Data>;
    },
    async listen(options = {}) {
      whileOpen();
      const config = { ...parts.config, ...readAddress(options) };
      return track(servers, listen({ ...parts, config }));
    },
    async reset() {
      whileOpen();
      await reset(parts);
    },
    close: () => (closing ??= closeAll(servers, inProcess, service)),
  };
}

/** The servers that a ledger closes, also those that are starting. */
type Servers = Set<Promise<LedgerServer>>;

async function listen(parts: Parts): Promise<LedgerServer> {
  const { url, close } = await startServer({ ...parts, names: optionNames });
  let closing: Promise<void> | null = null;
  return { url, close: () => (closing ??= close()) };
}

async function track(servers: Servers, starting: Promise<LedgerServer>): Promise<LedgerServer> {
  servers.add(starting);
  try {
    const { url, close } = await starting;
    return { url, close: () => close().finally(() => servers.delete(starting)) };
  } catch (error) {
    servers.delete(starting);
    throw error;
  }
}

async function reset({ config, openService, service }: Parts): Promise<void> {
  if (config.database.kind !== 'memory') {
    throw new Error('reset() empties only memory:; for a file, close the ledger and delete it.');
  }
  await service.replace(await openService());
}

async function closeAll(
  servers: Servers,
  inProcess: InProcess,
  service: ReplaceableService,
): Promise<void> {
  const started = await Promise.allSettled(servers);
  await Promise.all(
    started.map((server) => (server.status === 'fulfilled' ? server.value.close() : null)),
  );
  await inProcess.stop();
  await service.close();
}
