import { fileURLToPath } from 'node:url';
import { type CorsOrigins, readCorsOrigins } from './cors-origins';

/**
 * The bounds of a request and of the server, in one table; units end the names. The rows of a page
 * and of a bulk call are bounded where the API describes them (`src/graphql`), the queue and the
 * memory where the service keeps them (`src/service/service-limits.ts`).
 */
export const limits = {
  /** Bulk calls of 1,000 rows with every field at its longest fit in. */
  bodyBytesMax: 4 * 1024 * 1024,
  /**
   * Values that variables may hold, lists and objects among them, and as many everything beside
   * them: a bulk call of 1,000 rows with all fields holds 7,002.
   */
  variableValuesMax: 20_000,
  documentTokensMax: 2_000,
  /** Fields below fields; fragments cost nothing, introspection has its own bound in graphql-js. */
  depthMax: 10,
  /** Through fragments too: each is a resolver of its own, and in a mutation a write of its own. */
  rootFieldsMax: 50,
  aliasesMax: 100,
  directivesMax: 20,
  /** Fields, spreads and inline fragments of a document with every fragment written out. */
  selectionsMax: 10_000,
  /**
   * Rows of all lists of an answer, counted while it is answered: enough for a spend over 100,000
   * lots with everything about them, which takes some seconds.
   */
  answerRowsMax: 200_000,
  validationErrorsMax: 20,
  /** Characters of the documents that are kept parsed, all together. */
  knownDocumentsLengthMax: 1_000_000,
  /** Bytes of all bodies that are in memory, as they arrive; 64 of the largest. */
  bodiesBytesMax: 256 * 1024 * 1024,
  /** For a request to arrive whole: slower clients would hold connections open for nothing. */
  requestReceiveMsMax: 30_000,
  /** For a client to read something of its response; longer than any response takes to begin. */
  connectionStallMsMax: 120_000,
  /** Requests of one connection that have no response yet; a connection with more is closed. */
  pipelinedRequestsMax: 4_000,
  /** Of this process, WebSockets included. */
  connectionsMax: 10_000,
  /** Connections beyond that, accepted to respond to health checks, and with 503 to all else. */
  surplusConnectionsMax: 500,
  surplusConnectionMsMax: 5_000,
  readinessMsMax: 2_000,
  /** Of this process, whichever way they came. */
  subscriptionsMax: 10_000,
  webSocketsMax: 5_000,
  subscriptionsPerWebSocketMax: 100,
  /** Subscriptions that are refused before the WebSocket is closed. */
  refusalsPerWebSocketMax: 1_000,
  /** A document of so many tokens and its variables. */
  webSocketMessageBytesMax: 128 * 1024,
  /** Arrays and objects within each other; a few thousand overflow the stack of JSON.stringify. */
  webSocketMessageDepthMax: 500,
  /** For a new WebSocket to say what it speaks. */
  webSocketInitMsMax: 5_000,
  /** How often it is looked whether subscribers still live and take what they are sent. */
  streamLookMs: 5_000,
  /**
   * A subscriber that takes nothing, or gives no sign of life, for so long is cut off; if it
   * listens again within as long, it hears why.
   */
  streamStallMsMax: 30_000,
  /** Bytes that may wait for one WebSocket, beyond what is being sent. */
  streamBufferBytesMax: 16 * 1024 * 1024,
  /** For a subscriber to hear that the server stops, before its connection is cut. */
  streamCloseMsMax: 2_000,
  /** For kept-alive clients to send the request they may have begun while the server stops. */
  stopIdleMsMax: 1_000,
  stopMsMax: 10_000,
} as const;

export type Limits = { readonly [Name in keyof typeof limits]: number };

export type Database =
  | { readonly kind: 'memory' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string };

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface Config {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
  /**
   * Names, in lower case, by which clients reach the server; null if not set. Where the server
   * listens on loopback, other names are refused then too.
   */
  readonly allowedHosts: readonly string[] | null;
  /** The origins whose pages may use the API, besides the server's own; none by default. */
  readonly corsOrigins: CorsOrigins;
  readonly database: Database;
  readonly introspection: boolean;
  /** `debug` writes one line per request. */
  readonly logLevel: LogLevel;
}

/**
 * A setting cannot be used: the message names the variable, what is wrong, and what would be right.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads the settings; what is missing or empty takes its default. Throws {@link ConfigError}. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const setting = (name: string, missing: string) => environment[name] || missing;
  return {
    port: readPort(setting('PORT', '4000')),
    host: readHost(setting('HOST', '127.0.0.1')),
    allowedHosts: readAllowedHosts(setting('ALLOWED_HOSTS', '')),
    corsOrigins: readOrigins(setting('CORS_ORIGINS', '')),
    database: readDatabase(setting('DATABASE_URL', 'file:./data/ledger.db')),
    introspection:
      readChoice('INTROSPECTION', setting('INTROSPECTION', 'on'), ['on', 'off']) === 'on',
    logLevel: readChoice('LOG_LEVEL', setting('LOG_LEVEL', 'info'), logLevels),
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new ConfigError(`PORT is ${JSON.stringify(text)}; it must be a number from 0 to 65535.`);
  }
  return port;
}

function readHost(text: string): string {
  if (/[\s/]/.test(text)) {
    throw new ConfigError(
      `HOST is ${JSON.stringify(text)}; it must be an address of this machine or a name of it, such as 127.0.0.1.`,
    );
  }
  return text;
}

function readAllowedHosts(text: string): readonly string[] | null {
  if (text === '') return null;
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) {
    throw new ConfigError(`ALLOWED_HOSTS is ${JSON.stringify(text)}; it must hold a name.`);
  }
  return names.map(readAllowedHost);
}

function readAllowedHost(text: string): string {
  const name = text.toLowerCase().replace(/\.$/, '');
  if (!/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(name)) {
    throw new ConfigError(
      `ALLOWED_HOSTS holds ${JSON.stringify(text)}; it must hold names of hosts, separated by commas, such as points.example.com: no scheme, port, path or wildcard, and other than ASCII as xn--….`,
    );
  }
  return name;
}

function readOrigins(text: string): CorsOrigins {
  const origins = readCorsOrigins(text.split(','));
  if (origins !== '*' && 'problem' in origins) {
    throw new ConfigError(`CORS_ORIGINS ${origins.problem}`);
  }
  return origins;
}

function readDatabase(text: string): Database {
  if (text === 'memory:') return { kind: 'memory' };
  if (text.startsWith('file:')) return { kind: 'file', path: readFilePath(text) };
  if (/^postgres(ql)?:\/\//.test(text)) return { kind: 'postgres', url: text };
  // Only what stands before the colon is repeated: behind it may be a password.
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(text)?.[0];
  const found = scheme === undefined ? 'has no scheme' : `begins with ${JSON.stringify(scheme)}`;
  throw new ConfigError(`DATABASE_URL ${found}; it must be memory:, file:PATH or postgres://….`);
}

function readFilePath(text: string): string {
  const path = text.startsWith('file://') ? pathOfUrl(text) : text.slice('file:'.length);
  if (path === '')
    throw new ConfigError('DATABASE_URL is "file:" without a path; write file:PATH.');
  return path;
}

function pathOfUrl(text: string): string {
  try {
    return fileURLToPath(text);
  } catch {
    throw new ConfigError(
      `DATABASE_URL is ${JSON.stringify(text)}; write file:PATH, or file:///PATH for a path from the root.`,
    );
  }
}

function readChoice<Choice extends string>(
  name: string,
  text: string,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((each) => each === text);
  if (choice === undefined) {
    throw new ConfigError(
      `${name} is ${JSON.stringify(text)}; it must be one of ${choices.join(', ')}.`,
    );
  }
  return choice;
}
