import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import type { Limits } from '../../config';
import { becomesNext } from '../admission/pipelined-responses';
import { readsJsonOnly } from '../apollo/status-plugin';
import type { RequestContext } from '../request-context';
import { multipartType, sendMultipart } from './multipart-response';
import type { Streams, Subscribe } from './streams';

/** Whether a client says that it takes a subscription's answers as parts. */
export function takesParts({ headers, method }: FastifyRequest): boolean {
  const { accept = '' } = headers;
  return (
    method === 'POST' &&
    accept
      .split(',')
      .some((type) => /^\s*multipart\/mixed\s*;.*subscriptionSpec="?1\.0/i.test(type))
  );
}

/** Answers a subscription that was found right, in parts; or says why it cannot begin. */
export async function answerInParts(
  request: FastifyRequest,
  reply: FastifyReply,
  context: RequestContext,
  streams: Streams,
  limits: Limits,
): Promise<string | FastifyReply> {
  // Behind another response it could send nothing yet, and would take a place for that.
  if (!(await becomesNext(reply.raw))) return reply.hijack();
  const begun = await streams.begin(context.stream!.document!, request.body as Subscribe, context);
  if ('errors' in begun) return refuse(request, reply, begun.errors);
  reply.hijack();
  reply.raw.writeHead(200, {
    'content-type': multipartType,
    'cache-control': 'no-store',
    // Proxies that would collect the parts are asked not to.
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
    'x-request-id': request.id,
  });
  const reason = await sendMultipart(reply.raw, begun.answers, limits);
  if (reason !== null)
    context.logger.warn({ requestId: request.id, reason }, 'A stream was cut off');
  return reply;
}

function refuse(
  { headers: { accept } }: FastifyRequest,
  reply: FastifyReply,
  errors: readonly GraphQLFormattedError[],
): string {
  const isJson = readsJsonOnly(accept);
  const type = isJson ? 'json' : 'graphql-response+json';
  reply.code(isJson ? 200 : 400).header('content-type', `application/${type}; charset=utf-8`);
  return `${JSON.stringify({ errors })}\n`;
}
