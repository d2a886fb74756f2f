import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Authentication } from '../auth/authenticator';
import type { Limits } from '../config';
import type { CorsOrigins } from '../cors-origins';
import type { Logger } from '../telemetry/logger';
import { type Admission, addAdmission, allOf } from './admission/admission';
import { AllowedHosts } from './admission/allowed-hosts';
import { addBodyBudget } from './admission/body-budget';
import { ConnectionLimit } from './admission/connection-limit';
import { OpenToMachine } from './admission/open-to-machine';
import { addStreamRelease, trackPipelinedResponses } from './admission/pipelined-responses';
import { onlySingleFields } from './admission/single-fields';
import { createApolloServer } from './apollo/apollo-server';
import { FastPath } from './apollo/fast-path';
import { KnownDocuments } from './apollo/known-documents';
import { addAuthentication, markPublic } from './authentication';
import { addCors } from './cors';
import { addErrorResponses } from './errors/error-responses';
import { addParserErrors } from './errors/parser-errors';
import { Executor } from './execution/executor';
import { drainConnections, openSockets } from './graceful-stop';
import { addGraphqlRoute } from './graphql-route';
import { addHealthRoutes } from './health-routes';
import { addJsonBody } from './json-body';
import { addConsole } from './pages/console';
import { addPlayground } from './pages/playground';
import { requestIds } from './request-ids';
import { addRequestLog } from './request-log';
import { Streams } from './streams/streams';
import { addWebSockets } from './streams/web-sockets';

export interface HttpServerOptions {
  readonly schema: GraphQLSchema;
  readonly authentication: Authentication;
  readonly introspection: boolean;
  readonly limits: Limits;
  readonly logger: Logger;
  /** Names of the server, from the setting ALLOWED_HOSTS; null if not set. */
  readonly allowedHosts: readonly string[] | null;
  /** The origins whose pages may use the API, besides the server's own. */
  readonly corsOrigins: CorsOrigins;
  /** True if every request is logged, at level `debug`. */
  readonly logRequests: boolean;
  /** The folder of the console's build; it may be missing. */
  readonly consoleFolder: string;
  /** Rejects while the store does not respond. */
  readonly check: () => Promise<'ready' | 'writes-fail'>;
}

export interface HttpServer {
  /** Begins to accept connections; rejects with Node's error if the address cannot be used. */
  listen(address: { readonly host: string; readonly port: number }): Promise<{ port: number }>;
  /** Accepts no more connections, completes the requests in flight, and closes. */
  stop(): Promise<void>;
}

export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { limits, logger } = options;
  const documents = new KnownDocuments(limits.knownDocumentsLengthMax);
  const executor = new Executor(options.schema, limits.compiledOperationsMax);
  const apollo = createApolloServer({ ...options, documents, executor });
  await apollo.start();
  const fastify = createFastify(limits);
  const { server } = fastify;
  const sockets = openSockets(server);
  const responses = trackPipelinedResponses(server, limits.pipelinedRequestsMax);
  addParserErrors(server, responses, limits.requestReceiveMsMax);
  const connections = new ConnectionLimit(server, limits);
  const hosts = new AllowedHosts(options.allowedHosts, logger);
  const toMachine = new OpenToMachine(options.authentication);
  const admission = allOf(connections, onlySingleFields, hosts, toMachine);
  const streams = new Streams({ ...options, apollo, documents });
  let isStopping = false;

  // While the server still listens, a client whose connection is closed would only reconnect.
  const isDraining = () => isStopping && !server.listening;
  addHooks(fastify, admission, options);
  closeAfterLastResponse(fastify, ({ raw }) => isDraining() || connections.isSurplus(raw.socket));
  await addPages(fastify, options, () => isStopping);
  const fastPath = new FastPath({ documents, executor });
  addGraphqlRoute(fastify, { ...options, apollo, fastPath, streams });
  const connection = { server, streams, admission, responses, newRequestId: requestIds() };
  const webSockets = addWebSockets({ ...options, ...connection });
  await fastify.ready();

  const stop = async () => {
    isStopping = true;
    webSockets.stop();
    streams.stop();
    const cut = await drainConnections(server, sockets, limits);
    if (cut > 0) logger.warn({ connections: cut }, 'Connections were closed at the timeout');
    await fastify.close();
    await apollo.stop();
  };
  return { listen: (address) => listen(server, hosts, address), stop };
}

async function listen(
  server: Server,
  hosts: AllowedHosts,
  { host, port }: Parameters<HttpServer['listen']>[0],
): Promise<{ port: number }> {
  // Fastify's own listen opens a second server if the host is `localhost`.
  server.listen({ host, port });
  await once(server, 'listening');
  const bound = server.address() as AddressInfo;
  hosts.listensOn(bound.address);
  return { port: bound.port };
}

/** No route has a schema. Fastify would load two compilers for them, a tenth of a start. */
const withoutSchemas = { buildValidator: compileSchema, buildSerializer: compileSchema };

function compileSchema(): never {
  throw new Error('No route may have a schema.');
}

function createFastify(limits: Limits): FastifyInstance {
  const fastify = Fastify({
    schemaController: { compilersFactory: withoutSchemas },
    bodyLimit: limits.bodyBytesMax,
    requestTimeout: limits.requestReceiveMsMax,
    connectionTimeout: limits.connectionStallMsMax,
    http: {
      // Its own 400 has no body; `AllowedHosts` refuses these requests.
      requireHostHeader: false,
      // If it were larger than requestTimeout, as by default, Node would swap the two.
      headersTimeout: limits.requestReceiveMsMax,
      // How often Node checks for requests that exceed a timeout; by default every 30 s.
      connectionsCheckingInterval: limits.requestReceiveMsMax / 30,
    },
    genReqId: requestIds(),
    rewriteUrl: ({ url = '/' }) => decodable(url),
  });
  addJsonBody(fastify, limits.variableValuesMax);
  fastify.decorateRequest('note', null);
  return fastify;
}

/**
 * Returns the target of a request unchanged, unless its path has an invalid percent-encoding.
 * Fastify would refuse such a path before all hooks; with literal percent signs it is an unknown
 * path.
 */
function decodable(url: string): string {
  if (!url.includes('%')) return url;
  const [path] = url.split('?', 1);
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return path.replaceAll('%', '%25') + url.slice(path.length);
  }
}

/** Adds what everybody may request: static files and health checks. */
async function addPages(
  fastify: FastifyInstance,
  { limits, check, consoleFolder, introspection }: HttpServerOptions,
  isStopping: () => boolean,
): Promise<void> {
  await fastify.register(async (pages) => {
    markPublic(pages);
    addHealthRoutes(pages, { ...limits, check, isStopping });
    await addConsole(pages, consoleFolder);
    await addPlayground(pages, introspection);
  });
}

/** Adds the hooks of all routes, those that only set headers first: refusals have them too. */
function addHooks(
  fastify: FastifyInstance,
  admission: Admission,
  { authentication, corsOrigins, limits, logger, logRequests }: HttpServerOptions,
): void {
  addCommonHeaders(fastify);
  addCors(fastify, corsOrigins, logger);
  addAdmission(fastify, admission);
  addAuthentication(fastify, authentication);
  addBodyBudget(fastify, limits.bodiesBytesMax);
  addStreamRelease(fastify);
  addErrorResponses(fastify, limits.bodyBytesMax, logger);
  if (logRequests) addRequestLog(fastify, logger);
}

/** Sets the headers that all responses have, streams included. */
function addCommonHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff').header('x-request-id', request.id);
    done();
  });
}

function closeAfterLastResponse(
  fastify: FastifyInstance,
  isLast: (request: FastifyRequest) => boolean,
): void {
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    if (isLast(request)) reply.header('connection', 'close');
    done();
  });
}
