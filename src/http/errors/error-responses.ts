import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import type { TopLevelErrorCode } from '../../error-codes';
import { truncated } from '../../graphql/truncated';
import type { Logger } from '../../telemetry/logger';
import { type HttpResponse, writeResponse } from '../http-response';
import { missingPage } from '../pages/missing-page';
import { opensInBrowser } from '../pages/opens-in-browser';
import { internalErrorCode } from './present-error';
import { RequestError } from './request-error';

interface Extensions {
  readonly code: TopLevelErrorCode;
  readonly requestId?: string;
}

/**
 * Responds to errors before or outside of an operation in GraphQL's shape, so that clients need to
 * know one shape only.
 */
export function addErrorResponses(
  fastify: FastifyInstance,
  bodyBytesMax: number,
  logger: Logger,
): void {
  fastify.setErrorHandler((error: FastifyError, request, reply) =>
    writeResponse(reply, responseTo(error, request, bodyBytesMax, logger)),
  );
  fastify.setNotFoundHandler((request, reply) => {
    if (opensInBrowser(request)) return writeResponse(reply, missingPage());
    const path = truncated(request.originalUrl.split('?', 1)[0]);
    const message = `There is no ${request.method} ${path}. There are ${routes}.`;
    return writeResponse(reply, errorResponse(request, 404, message, { code: 'BAD_USER_INPUT' }));
  });
}

const routes =
  '/graphql (POST, and GET for queries), / (console), /playground, /healthz and /readyz';

function responseTo(
  error: FastifyError,
  request: FastifyRequest,
  bodyBytesMax: number,
  logger: Logger,
): HttpResponse {
  if (error instanceof RequestError) {
    return errorResponse(request, error.statusCode, error.message, { code: error.topLevelCode });
  }
  const status = error.statusCode ?? 500;
  if (status >= 500) {
    logger.error({ requestId: request.id, err: error }, 'A request failed');
    const message = 'The server failed; the fault is in its log under the request id.';
    const extensions = { code: internalErrorCode, requestId: request.id };
    return errorResponse(request, 500, message, extensions);
  }
  const message = explanation(error, bodyBytesMax);
  return errorResponse(request, status, message, { code: 'BAD_USER_INPUT' });
}

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

/** Returns an error in GraphQL's shape, in the media type that the client reads. */
export function errorResponse(
  request: FastifyRequest,
  status: number,
  message: string,
  extensions: Extensions,
): HttpResponse {
  const readsGraphql = request.headers.accept?.includes('application/graphql-response+json');
  const type = `application/${readsGraphql ? 'graphql-response+json' : 'json'}; charset=utf-8`;
  return {
    status,
    headers: { 'cache-control': 'no-store', 'content-type': type },
    body: JSON.stringify({ errors: [{ message, extensions }] }),
  };
}
