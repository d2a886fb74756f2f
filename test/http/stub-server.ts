import { withoutAuthentication } from '../../src/auth/authenticator';
import { limits } from '../../src/config';
import { createHttpServer, type HttpServerOptions } from '../../src/http/http-server';
import type { Logger } from '../../src/telemetry/logger';
import { stubSchema } from './stub-schema';

interface LogLine {
  readonly level: keyof Logger;
  readonly fields: Record<string, unknown>;
  readonly message: string;
}

export interface StubServer {
  readonly origin: string;
  readonly log: LogLine[];
  /** What fills the log. */
  readonly logger: Logger;
  stop(): Promise<void>;
  /** Posts a document to /graphql as a client that reads graphql-response+json. */
  ask(query: string, variables?: object): Promise<HttpResult>;
  /** Posts anything to /graphql. */
  post(body: string, headers?: Record<string, string>): Promise<HttpResult>;
}

interface HttpResult {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly ResultError[];
  };
}

interface ResultError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Record<string, unknown>;
}

/** A real server on a port of the system's choosing, over the stub schema. */
export async function startStubServer(
  options: Partial<HttpServerOptions> = {},
): Promise<StubServer> {
  const log: LogLine[] = [];
  const logger = recordingLogger(log);
  const server = await createHttpServer({
    schema: stubSchema(),
    introspection: true,
    authentication: withoutAuthentication,
    limits: { ...limits, stopIdleMsMax: 100 },
    logger,
    allowedHosts: null,
    corsOrigins: [],
    logRequests: false,
    consoleFolder: 'none',
    check: async () => 'ready',
    ...options,
  });
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  const origin = `http://127.0.0.1:${port}`;
  const post: StubServer['post'] = async (body, headers = {}) =>
    readResult(
      await fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      }),
    );
  return {
    origin,
    log,
    logger,
    stop: () => server.stop(),
    post,
    ask: (query, variables) =>
      post(JSON.stringify({ query, variables }), { accept: 'application/graphql-response+json' }),
  };
}

export async function readResult(response: Response): Promise<HttpResult> {
  const body = (await response.json()) as HttpResult['body'];
  return { status: response.status, headers: response.headers, body };
}

function recordingLogger(log: LogLine[]): Logger {
  const at = (level: keyof Logger) => (fields: object, message: string) => {
    log.push({ level, fields: { ...fields }, message });
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
