import type { FastifyInstance } from 'fastify';
import { truncated } from '../graphql/truncated';
import type { Logger } from '../telemetry/logger';
import type { RequestContext } from './request-context';

declare module 'fastify' {
  interface FastifyRequest {
    note: RequestContext['note'] | null;
  }
}

/**
 * Logs one line per request without its contents: a query string may hold variables, so only the
 * path is logged.
 */
export function addRequestLog(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const fields = {
      requestId: request.id,
      method: request.method,
      path: truncated(request.originalUrl.split('?', 1)[0]),
      operationName: request.note?.operationName ?? undefined,
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 1_000) / 1_000,
    };
    logger.debug(fields, 'Responded');
    done();
  });
}
