import { constants } from 'node:os';
import type { App } from './app';
import { type Config, type Environment, readConfig, type SettingNames } from './config';
import { OperatorError } from './operator-error';
import type { Logger } from './telemetry/logger';
import { createLogger } from './telemetry/pino-logger';

/**
 * Runs the server as this process: prints why and exits with status 1 if it cannot start, stops on
 * SIGTERM and SIGINT, and exits on a bug. Resolves when the server listens.
 *
 * @param names how messages name the settings; by default as the environment does.
 */
export async function serve(environment: Environment, names: SettingNames = {}): Promise<void> {
  try {
    const config = readConfig(environment, names);
    const logger = createLogger(config.logLevel);
    exitOnBugs(logger);
    const app = await start(config, logger, names);
    stopOnSignals(app, logger);
    // Who reads this line may send a signal.
    const { kind } = config.database;
    logger.info({ url: app.url, database: kind }, `The ledger and its console: ${app.url}`);
  } catch (error) {
    exitUnstarted(error);
  }
}

async function start(config: Config, logger: Logger, names: SettingNames): Promise<App> {
  // graphql-js reads NODE_ENV when it is loaded, so the app is imported after this. The checks that
  // it makes for developers cost a quarter of the time of a request.
  process.env.NODE_ENV ??= 'production';
  const { startApp } = await import('./app.js');
  return startApp(config, logger, { names, onUnusable: exitUnstarted });
}

/**
 * Stops the server at the first signal, once its requests in flight are finished, and at the second
 * at once.
 */
function stopOnSignals(app: App, logger: Logger): void {
  let isStopping = false;
  const stop = async (signal: 'SIGINT' | 'SIGTERM') => {
    if (isStopping) process.exit(128 + constants.signals[signal]);
    isStopping = true;
    logger.info({ signal }, 'Stopping: new requests are refused, requests in flight are finished');
    await app.close();
    logger.info({}, 'Stopped');
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

/**
 * Exits after an unexpected error: memory may be wrong, but the journal is right, so a restart is
 * safer.
 */
function exitOnBugs(logger: Logger): void {
  const exit = (event: string) => (error: unknown) => {
    logger.error({ err: error }, `Exiting on an ${event}`);
    process.exit(1);
  };
  process.on('uncaughtException', exit('uncaught exception'));
  process.on('unhandledRejection', exit('unhandled rejection'));
}

function exitUnstarted(error: unknown): never {
  console.error(`The ledger cannot start: ${explanation(error)}`);
  process.exit(1);
}

/** Returns the message of an error that an operator can fix, or the stack of a bug. */
function explanation(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return error instanceof OperatorError ? error.message : error.stack;
}
