import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { allowsOrigin, type CorsOrigins } from '../cors-origins';
import { truncated } from '../graphql/truncated';
import type { Logger } from '../telemetry/logger';
import { errorResponse } from './errors/error-responses';
import type { HttpResponse } from './http-response';

const path = '/graphql';

/** Headers that pages of other origins may send. */
const allowedHeaders = [
  'content-type',
  'authorization',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'x-ledger-bucket',
  'traceparent',
].join(', ');

/** Headers of responses that pages of other origins may read. */
const exposedHeaders = ['x-request-id', 'retry-after', 'ratelimit'].join(', ');

const preflightCacheSeconds = 600;

/**
 * Lets pages of other origins use the API, without credentials. Must be added before all hooks that
 * refuse requests: a page can read a refusal only if it has the headers, too.
 */
export function addCors(fastify: FastifyInstance, origins: CorsOrigins, logger: Logger): void {
  if (origins === '*') logger.warn({}, openToAll);
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.url === path) setHeaders(request, reply, origins);
    done();
  });
}

const openToAll =
  'CORS_ORIGINS is * (corsOrigins of openLedger): every web page can use the API, if it has a ' +
  'key or token where the server requires one';

function setHeaders({ headers }: FastifyRequest, reply: FastifyReply, origins: CorsOrigins): void {
  reply.header('vary', 'Origin');
  const { origin } = headers;
  if (origin === undefined || !allowsOrigin(origins, origin)) return;
  reply
    .header('access-control-allow-origin', origins === '*' ? '*' : origin)
    .header('access-control-expose-headers', exposedHeaders);
}

/** True if a browser asks whether a page may send a request. */
export function isPreflight({ method, headers }: FastifyRequest): boolean {
  return (
    method === 'OPTIONS' &&
    headers.origin !== undefined &&
    headers['access-control-request-method'] !== undefined
  );
}

export function preflightResponse(request: FastifyRequest, origins: CorsOrigins): HttpResponse {
  const { origin } = request.headers;
  if (!allowsOrigin(origins, origin)) {
    return errorResponse(request, 403, originRefused(origin), { code: 'BAD_USER_INPUT' });
  }
  const headers = {
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': allowedHeaders,
    'access-control-max-age': String(preflightCacheSeconds),
  };
  return { status: 204, headers, body: '' };
}

/** Returns why pages of an origin may not use the API, and what the operator can change. */
export function originRefused(origin: string | undefined): string {
  const shown = JSON.stringify(truncated(origin ?? ''));
  if (origin === 'null')
    return `Pages of the origin ${shown} (sandboxed, or files) are not allowed.`;
  return (
    `Pages of the origin ${shown} are not allowed to use this API. ` +
    'To allow them, add the origin to the setting CORS_ORIGINS (corsOrigins of openLedger).'
  );
}
