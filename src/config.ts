import { type AuthSettings, readAuthSettings } from './auth-settings';
import { type CorsOrigins, readCorsOrigins } from './cors-origins';
import { type Database, readDatabaseUrl } from './database-url';
import { OperatorError } from './operator-error';

export type { Database };

/**
 * The limits of a request and of the server, in one table; names end in their units. The limits of
 * a page and of a bulk call are next to their descriptions (`src/graphql`), those of the queue and
 * of the cache in `src/service/service-limits.ts`.
 */
export const limits = {
  /** Bulk calls of 1,000 rows with every field at its longest fit in. */
  bodyBytesMax: 4 * 1024 * 1024,
  /**
   * Values in the variables, lists and objects included; the rest of the request may hold as many.
   * A bulk call of 1,000 rows with all fields holds 9,002.
   */
  variableValuesMax: 20_000,
  documentTokensMax: 2_000,
  /** Comments and texts have no tokens, but their lines are counted for each error. */
  documentLengthMax: 256 * 1024,
  /** Nested fields; fragments do not count, and graphql-js limits introspection itself. */
  depthMax: 10,
  /** Fragments included: each field is a resolver of its own, and in a mutation a write. */
  rootFieldsMax: 50,
  aliasesMax: 100,
  directivesMax: 20,
  /** Fields, spreads and inline fragments of a document whose fragments are all expanded. */
  selectionsMax: 10_000,
  /**
   * Rows in all lists of a response, counted during execution: enough for a spend over 100,000 lots
   * with all their fields, which takes some seconds.
   */
  responseRowsMax: 200_000,
  validationErrorsMax: 20,
  /** Characters of all documents in the cache of parsed documents. */
  knownDocumentsLengthMax: 1_000_000,
  /** Memory of the documents in Apollo Server's store, by estimate. */
  knownDocumentsBytesMax: 40_000_000,
  /** Operations that are compiled to functions. */
  compiledOperationsMax: 500,
  /** Bytes of all request bodies in memory: 64 of the largest. */
  bodiesBytesMax: 256 * 1024 * 1024,
  /** Timeout for receiving a request: slower clients would only hold connections open. */
  requestReceiveMsMax: 30_000,
  /** Timeout for a client to read part of its response; no response takes longer to begin. */
  connectionStallMsMax: 120_000,
  /** Requests in flight on one connection; a connection with more is closed. */
  pipelinedRequestsMax: 4_000,
  /** Of this process, WebSockets included. */
  connectionsMax: 10_000,
  /** Further connections, which get responses to health checks and 503 for all else. */
  surplusConnectionsMax: 500,
  surplusConnectionMsMax: 5_000,
  readinessMsMax: 2_000,
  /** Of this process, over all transports. */
  subscriptionsMax: 10_000,
  webSocketsMax: 5_000,
  subscriptionsPerWebSocketMax: 100,
  /** Subscriptions that are refused before the WebSocket is closed. */
  refusalsPerWebSocketMax: 1_000,
  /** Fits a document of `documentTokensMax` tokens and its variables. */
  webSocketMessageBytesMax: 128 * 1024,
  /** Nested arrays and objects; a few thousand overflow the stack of JSON.stringify. */
  webSocketMessageDepthMax: 500,
  /** Timeout for connection_init on a new WebSocket. */
  webSocketInitMsMax: 5_000,
  /** Period of the check that subscribers send heartbeats and read what they are sent. */
  streamLookMs: 5_000,
  /**
   * A subscriber that reads nothing, or sends no heartbeat, for this long is disconnected; if it
   * reads again within the same time, it receives the reason.
   */
  streamStallMsMax: 30_000,
  /** Bytes in the send buffer of one WebSocket, beyond what is being sent. */
  streamBufferBytesMax: 16 * 1024 * 1024,
  /** For a subscriber to receive that the server stops, before its connection is closed. */
  streamCloseMsMax: 2_000,
  /** For keep-alive clients to finish sending a request while the server stops. */
  stopIdleMsMax: 1_000,
  stopMsMax: 10_000,
} as const;

export type Limits = { readonly [Name in keyof typeof limits]: number };

const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface Config {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
  /**
   * Names, in lower case, by which clients reach the server; null if not set. A server that listens
   * on loopback then refuses all other names.
   */
  readonly allowedHosts: readonly string[] | null;
  /** The origins whose pages may use the API, besides the server's own; none by default. */
  readonly corsOrigins: CorsOrigins;
  readonly database: Database;
  readonly introspection: boolean;
  /** Who may use the server. */
  readonly auth: AuthSettings;
  /** False if every request must name its account. */
  readonly defaultAccount: boolean;
  /** True to record what expired or began also in accounts that nobody uses. */
  readonly sweep: boolean;
  /** `debug` writes one line per request. */
  readonly logLevel: LogLevel;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** How messages name a setting that was not given as an environment variable, such as `--port`. */
export type SettingNames = Readonly<Record<string, string>>;

/** The text of a setting, and the name that messages give it. */
interface Setting {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads the settings; those that are not set have a default. An empty text is not set, except for
 * PORT, HOST and DATABASE_URL, where it is refused: a server on a default port or a new file is not
 * what a script with an empty variable meant.
 *
 * @param names how messages name the settings; by default as the environment does.
 * @throws OperatorError for the first setting that cannot be used.
 */
export function readConfig(environment: Environment, names: SettingNames = {}): Config {
  const required = (variable: string, missing: string): Setting => {
    const setting = { name: names[variable] ?? variable, text: environment[variable] ?? missing };
    return refuseEmpty(setting, missing);
  };
  const optional = (variable: string, missing: string): Setting => ({
    name: names[variable] ?? variable,
    text: environment[variable] || missing,
  });
  return {
    port: readPort(required('PORT', '4000')),
    host: readHost(required('HOST', '127.0.0.1')),
    allowedHosts: readAllowedHosts(optional('ALLOWED_HOSTS', '')),
    corsOrigins: readOrigins(optional('CORS_ORIGINS', '')),
    database: readDatabase(required('DATABASE_URL', 'file:./data/ledger.db')),
    introspection: readSwitch(optional('INTROSPECTION', 'on')),
    auth: readAuthSettings((variable) => optional(variable, '')),
    defaultAccount: readSwitch(optional('DEFAULT_ACCOUNT', 'on')),
    sweep: readSwitch(optional('SWEEP', 'on')),
    logLevel: readChoice(optional('LOG_LEVEL', 'info'), logLevels),
  };
}

function refuseEmpty(setting: Setting, missing: string): Setting {
  if (setting.text !== '') return setting;
  throw new OperatorError(
    'setting',
    `${setting.name} is empty; give it a value, or leave it out to get ${missing}.`,
  );
}

function readPort({ name, text }: Setting): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new OperatorError(
      'setting',
      `${name} is ${JSON.stringify(text)}; it must be a number from 0 to 65535.`,
    );
  }
  return port;
}

function readHost({ name, text }: Setting): string {
  if (/[\s/]/.test(text)) {
    throw new OperatorError(
      'setting',
      `${name} is ${JSON.stringify(text)}; it must be an address or a name of this machine, such as 127.0.0.1.`,
    );
  }
  return text;
}

function readAllowedHosts({ name, text }: Setting): readonly string[] | null {
  if (text === '') return null;
  const hosts = text
    .split(',')
    .map((host) => host.trim())
    .filter((host) => host !== '');
  if (hosts.length === 0) {
    throw new OperatorError('setting', `${name} is ${JSON.stringify(text)}; it must hold a name.`);
  }
  return hosts.map((host) => readAllowedHost({ name, text: host }));
}

function readAllowedHost({ name, text }: Setting): string {
  const host = text.toLowerCase().replace(/\.$/, '');
  if (!/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(host)) {
    throw new OperatorError(
      'setting',
      `${name} holds ${JSON.stringify(text)}; it must hold names of hosts, separated by commas, such as points.example.com: no scheme, port, path or wildcard, and names that are not ASCII as xn--….`,
    );
  }
  return host;
}

function readOrigins({ name, text }: Setting): CorsOrigins {
  const origins = readCorsOrigins(text.split(','));
  if (origins !== '*' && 'problem' in origins)
    throw new OperatorError('setting', `${name} ${origins.problem}`);
  return origins;
}

function readDatabase({ name, text }: Setting): Database {
  const database = readDatabaseUrl(text);
  if (typeof database === 'string') throw new OperatorError('setting', `${name} ${database}`);
  return database;
}

function readSwitch(setting: Setting): boolean {
  return readChoice(setting, ['on', 'off']) === 'on';
}

function readChoice<Choice extends string>(
  { name, text }: Setting,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((each) => each === text);
  if (choice === undefined) {
    throw new OperatorError(
      'setting',
      `${name} is ${JSON.stringify(text)}; it must be one of ${choices.join(', ')}.`,
    );
  }
  return choice;
}
