import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { truncated } from '../../graphql/truncated';
import type { Logger } from '../../telemetry/logger';
import { OverloadedError } from '../admission/body-budget';
import { internalErrorCode } from './present-error';

/**
 * Answers what goes wrong before or outside of an operation, in GraphQL's shape, so that clients
 * know one shape.
 */
export function addErrorAnswers(
  fastify: FastifyInstance,
  bodyBytesMax: number,
  logger: Logger,
): void {
  fastify.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof OverloadedError) {
      return sendError(request, reply, error.statusCode, error.message, { code: 'OVERLOADED' });
    }
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      logger.error({ requestId: request.id, err: error }, 'A request failed');
      const message = 'The server failed; the fault is in its log under the request id.';
      const extensions = { code: internalErrorCode, requestId: request.id };
      return sendError(request, reply, 500, message, extensions);
    }
    const message = explanation(error, bodyBytesMax);
    return sendError(request, reply, status, message, { code: 'BAD_USER_INPUT' });
  });
  fastify.setNotFoundHandler((request, reply) => {
    const path = truncated(request.url.split('?', 1)[0]);
    const message = `There is no ${request.method} ${path}. There are ${routes}.`;
    return sendError(request, reply, 404, message, { code: 'BAD_USER_INPUT' });
  });
}

const routes =
  '/graphql (POST, and GET for queries), / (console), /playground, /healthz and /readyz';

function explanation({ code, message }: FastifyError, bodyBytesMax: number): string {
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return `The body is larger than ${bodyBytesMax} bytes. Send less at once.`;
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return 'The body must be JSON, and Content-Type must be application/json.';
    default:
      return message;
  }
}

/** Sends an error in GraphQL's shape, as the type that the client reads. */
export function sendError(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  message: string,
  extensions: object,
) {
  const readsGraphql = request.headers.accept?.includes('application/graphql-response+json');
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type(`application/${readsGraphql ? 'graphql-response+json' : 'json'}; charset=utf-8`)
    .send(JSON.stringify({ errors: [{ message, extensions }] }));
}
