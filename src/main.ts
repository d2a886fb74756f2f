import { constants } from 'node:os';
import type { App } from './app';
import { type Config, readConfig } from './config';
import type { Logger } from './telemetry/logger';
import { createLogger } from './telemetry/pino-logger';

/**
 * What the operator can help with is told in its own words; everything else is a bug and keeps its
 * stack.
 */
const operatorErrors = new Set(['ConfigError', 'JournalUnusable', 'ListenError']);

void main();

async function main(): Promise<void> {
  try {
    const config = readConfig(process.env);
    const logger = createLogger(config.logLevel);
    endOnBugs(logger);
    const app = await start(config, logger);
    endOnSignals(app, logger);
  } catch (error) {
    endUnstarted(error);
  }
}

function endUnstarted(error: unknown): never {
  console.error(inOneLine(error));
  process.exit(1);
}

async function start(config: Config, logger: Logger): Promise<App> {
  // Read when graphql-js is loaded, hence not imported above: its checks for developers cost a
  // quarter of a request.
  process.env.NODE_ENV ??= 'production';
  const { startApp } = await import('./app.js');
  const app = await startApp(config, logger, endUnstarted);
  const { kind } = config.database;
  logger.info({ url: app.url, database: kind }, `The ledger and its console: ${app.url}`);
  return app;
}

/** The first signal ends the server when all it has is answered; the second ends it at once. */
function endOnSignals(app: App, logger: Logger): void {
  let isStopping = false;
  const end = async (signal: 'SIGINT' | 'SIGTERM') => {
    if (isStopping) process.exit(128 + constants.signals[signal]);
    isStopping = true;
    logger.info({ signal }, 'Stopping: no more requests are taken, those under way are answered');
    await app.close();
    logger.info({}, 'Stopped');
    process.exit(0);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

/**
 * After an error that nobody expected, memory may be wrong: the journal is right, so a fresh start
 * is safer.
 */
function endOnBugs(logger: Logger): void {
  const end = (event: string) => (error: unknown) => {
    logger.error({ err: error }, `Ending on an ${event}`);
    process.exit(1);
  };
  process.on('uncaughtException', end('uncaught exception'));
  process.on('unhandledRejection', end('unhandled rejection'));
}

function inOneLine(error: unknown): string {
  if (!(error instanceof Error)) return `The ledger cannot start: ${error}`;
  const isKnown = operatorErrors.has(error.name);
  return `The ledger cannot start: ${isKnown ? error.message : error.stack}`;
}
