import type { FastifyRequest } from 'fastify';
import type { DocumentNode, GraphQLFormattedError } from 'graphql';
import type { Limits } from '../../config';
import { readsJsonOnly } from '../apollo/status-plugin';
import type { HttpResponse } from '../http-response';
import type { RequestContext } from '../request-context';
import { multipartType, sendMultipart } from './multipart-response';
import type { Streams, Subscribe } from './streams';

/** Matches the type in a list of types; no type contains a comma. */
const partsType = /(?:^|,)\s*multipart\/mixed\s*;[^,]*subscriptionSpec="?1\.0/i;

/** True if the client accepts the results of a subscription as parts. */
export function acceptsParts({ headers, method }: FastifyRequest): boolean {
  const { accept } = headers;
  return accept !== undefined && method === 'POST' && partsType.test(accept);
}

/** Begins a validated subscription. Returns its results in parts, or the reason for a refusal. */
export async function subscriptionResponse(
  request: FastifyRequest,
  document: DocumentNode,
  context: RequestContext,
  streams: Streams,
  limits: Limits,
): Promise<HttpResponse> {
  const begun = await streams.begin(document, request.body as Subscribe, context);
  if ('errors' in begun) return refusal(request, begun.errors);
  const { logger, requestId } = context;
  return {
    status: 200,
    headers: {
      'content-type': multipartType,
      'cache-control': 'no-store',
      // Tells proxies not to buffer the parts.
      'x-accel-buffering': 'no',
    },
    async body(response) {
      const reason = await sendMultipart(response, begun.results, limits);
      if (reason !== null) logger.warn({ requestId, reason }, 'A stream was cut off');
    },
  };
}

function refusal(
  { headers: { accept } }: FastifyRequest,
  errors: readonly GraphQLFormattedError[],
): HttpResponse {
  const isJson = readsJsonOnly(accept);
  const type = isJson ? 'json' : 'graphql-response+json';
  return {
    status: isJson ? 200 : 400,
    headers: {
      'content-type': `application/${type}; charset=utf-8`,
      'cache-control': 'no-store',
    },
    body: `${JSON.stringify({ errors })}\n`,
  };
}
