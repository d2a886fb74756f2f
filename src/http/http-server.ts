import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Limits } from '../config';
import type { Logger } from '../telemetry/logger';
import { createApolloServer } from './apollo/apollo-server';
import { FastLane } from './apollo/fast-lane';
import { KnownDocuments } from './apollo/known-documents';
import { addErrorAnswers } from './errors/error-answers';
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
  const sockets = openSockets(fastify.server);
  let isStopping = false;

  addCommonHeaders(fastify, () => isStopping);
  addErrorAnswers(fastify, limits.bodyBytesMax, logger);
  if (options.logRequests) addRequestLog(fastify, logger);
  addHealthRoutes(fastify, { ...limits, check: options.check, isStopping: () => isStopping });
  const streams = new Streams({ ...options, apollo, documents });
  addGraphqlRoute(fastify, apollo, new FastLane({ ...options, documents }), streams, options);
  const newRequestId = requestIds();
  const webSockets = addWebSockets({ ...options, server: fastify.server, streams, newRequestId });
  await addConsole(fastify, options.consoleFolder);
  await addPlayground(fastify, options.introspection);
  await fastify.ready();

  return {
    async listen({ host, port }) {
      // Fastify's own listen opens a second server where the host is called localhost.
      fastify.server.listen({ host, port });
      await once(fastify.server, 'listening');
      return { port: (fastify.server.address() as AddressInfo).port };
    },
    async stop() {
      isStopping = true;
      webSockets.stop();
      streams.stop();
      const cut = await drainConnections(fastify.server, sockets, limits);
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
    // Node looks for requests that take too long only so often, by default each half minute.
    http: { connectionsCheckingInterval: limits.requestReceiveMsMax / 10 },
    genReqId: requestIds(),
  });
  addJsonBody(fastify, limits.variableValuesMax);
  fastify.decorateRequest('note', null);
  return fastify;
}

/** While the door is still open on a stop, a closed connection would only come back through it. */
function addCommonHeaders(fastify: FastifyInstance, isStopping: () => boolean): void {
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    reply.header('x-content-type-options', 'nosniff').header('x-request-id', request.id);
    if (isStopping() && !fastify.server.listening) reply.header('connection', 'close');
    done();
  });
}
