import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Limits } from '../config';
import type { Logger } from '../telemetry/logger';
import { addAdmission, allOf } from './admission/admission';
import { AllowedHosts } from './admission/allowed-hosts';
import { addBodyBudget } from './admission/body-budget';
import { ConnectionLimit } from './admission/connection-limit';
import { addStreamRelease, trackPipelinedResponses } from './admission/pipelined-responses';
import { createApolloServer } from './apollo/apollo-server';
import { FastLane } from './apollo/fast-path';
import { KnownDocuments } from './apollo/known-documents';
import { addErrorAnswers } from './errors/error-responses';
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
  readonly introspection: boolean;
  readonly limits: Limits;
  readonly logger: Logger;
  /** Names that clients reach the server by, from the setting ALLOWED_HOSTS; null if not set. */
  readonly allowedHosts: readonly string[] | null;
  /** Whether every request gets its line in the log, at level `debug`. */
  readonly logRequests: boolean;
  /** Where the console was built to; it may be missing. */
  readonly consoleFolder: string;
  /** Rejects while the store does not answer. */
  readonly check: () => Promise<'ready' | 'writes-fail'>;
}

export interface HttpServer {
  /** Begins to take requests; rejects with Node's error where the address cannot be had. */
  listen(address: { readonly host: string; readonly port: number }): Promise<{ port: number }>;
  /** Takes no new connections, answers the requests there are, ends. */
  stop(): Promise<void>;
}

export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { limits, logger } = options;
  const documents = new KnownDocuments(limits.knownDocumentsLengthMax);
  const apollo = createApolloServer({ ...options, documents });
  await apollo.start();
  const fastify = createFastify(limits);
  const { server } = fastify;
  const sockets = openSockets(server);
  const responses = trackPipelinedResponses(server, limits.pipelinedRequestsMax);
  const connections = new ConnectionLimit(server, limits);
  const hosts = new AllowedHosts(options.allowedHosts, logger);
  const admission = allOf(connections, hosts);
  const streams = new Streams({ ...options, apollo, documents });
  let isStopping = false;

  // While the door is still open on a stop, a closed connection would only come back through it.
  const isLeaving = () => isStopping && !server.listening;
  addCommonHeaders(fastify, ({ raw }) => isLeaving() || connections.isSurplus(raw.socket));
  addAdmission(fastify, admission);
  addBodyBudget(fastify, limits.bodiesBytesMax);
  addStreamRelease(fastify);
  addErrorAnswers(fastify, limits.bodyBytesMax, logger);
  if (options.logRequests) addRequestLog(fastify, logger);
  addHealthRoutes(fastify, { ...limits, check: options.check, isStopping: () => isStopping });
  addGraphqlRoute(fastify, apollo, new FastLane({ ...options, documents }), streams, options);
  const door = { server, streams, admission, responses, newRequestId: requestIds() };
  const webSockets = addWebSockets({ ...options, ...door });
  await addConsole(fastify, options.consoleFolder);
  await addPlayground(fastify, options.introspection);
  await fastify.ready();

  return {
    async listen({ host, port }) {
      // Fastify's own listen opens a second server where the host is called localhost.
      server.listen({ host, port });
      await once(server, 'listening');
      const bound = server.address() as AddressInfo;
      hosts.listensOn(bound.address);
      return { port: bound.port };
    },
    async stop() {
      isStopping = true;
      webSockets.stop();
      streams.stop();
      const cut = await drainConnections(server, sockets, limits);
      if (cut > 0) logger.warn({ connections: cut }, 'Connections were cut: their time was over');
      await fastify.close();
      await apollo.stop();
    },
  };
}

function createFastify(limits: Limits): FastifyInstance {
  const fastify = Fastify({
    bodyLimit: limits.bodyBytesMax,
    requestTimeout: limits.requestReceiveMsMax,
    connectionTimeout: limits.connectionStallMsMax,
    http: {
      // If it were larger than requestTimeout, as by default, Node would swap the two.
      headersTimeout: limits.requestReceiveMsMax,
      // Node looks for requests that take too long only so often, by default each half minute.
      connectionsCheckingInterval: limits.requestReceiveMsMax / 30,
    },
    genReqId: requestIds(),
  });
  addJsonBody(fastify, limits.variableValuesMax);
  fastify.decorateRequest('note', null);
  return fastify;
}

function addCommonHeaders(
  fastify: FastifyInstance,
  isLast: (request: FastifyRequest) => boolean,
): void {
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    reply.header('x-content-type-options', 'nosniff').header('x-request-id', request.id);
    if (isLast(request)) reply.header('connection', 'close');
    done();
  });
}
