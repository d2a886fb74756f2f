import {
  type ApolloServer,
  HeaderMap,
  type HTTPGraphQLRequest,
  type HTTPGraphQLResponse,
} from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import type { Limits } from '../config';
import { AnswerBudget } from '../graphql/answer-budget';
import type { Logger } from '../telemetry/logger';
import type { FastLane } from './apollo/fast-path';
import { checkQueryString } from './apollo/query-string';
import { isFault, withRequestId } from './errors/present-error';
import type { RequestContext } from './request-context';
import { answerInParts, takesParts } from './streams/multipart-route';
import { streamRequest } from './streams/stream-request';
import type { Streams } from './streams/streams';

/** The headers that Apollo Server reads: to hand over these alone is cheaper than all. */
const readHeaders = [
  'accept',
  'content-type',
  'apollo-require-preflight',
  'x-apollo-operation-name',
] as const;

/** `POST /graphql`, and `GET /graphql` for queries. */
export function addGraphqlRoute(
  fastify: FastifyInstance,
  apollo: ApolloServer<RequestContext>,
  fastLane: FastLane,
  streams: Streams,
  { limits, logger }: { readonly limits: Limits; readonly logger: Logger },
): void {
  fastify.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const context: RequestContext = {
        requestId: request.id,
        logger,
        budget: new AnswerBudget(limits.answerRowsMax),
        note: newNote(request),
        stream: takesParts(request) ? streamRequest(false) : null,
      };
      reply.header('cache-control', 'no-store');
      checkQueryString(searchOf(request), limits.variableValuesMax);
      const fast = await fastLane.answer(request, reply, context);
      if (fast !== null) return fast;
      const answer = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: toApollo(request, context.stream !== null),
        context: async () => context,
      });
      if (context.stream?.document != null) {
        return answerInParts(request, reply, context, streams, limits);
      }
      for (const [name, value] of answer.headers) reply.header(name, value);
      reply.code(answer.status ?? 200);
      if (reply.statusCode === 200) {
        fastLane.learn(request.headers.accept, answer.headers.get('content-type'));
      }
      const body = whole(answer);
      return answer.status === 500 ? identified(body, request.id) : body;
    },
  });
  fastify.route({
    method: ['DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'PUT'],
    url: '/graphql',
    handler: refuseMethod,
  });
}

function newNote(request: FastifyRequest): RequestContext['note'] {
  request.note = { operationName: null };
  return request.note;
}

function toApollo(request: FastifyRequest, isStream: boolean): HTTPGraphQLRequest {
  const { body, headers, method } = request;
  const read = new HeaderMap();
  for (const name of readHeaders) {
    const value = headers[name];
    if (value !== undefined) read.set(name, String(value));
  }
  // What Apollo Server answers to a subscription is a refusal, or is not sent.
  if (isStream) read.set('accept', `${headers.accept}, application/json;q=0.1`);
  return { body, headers: read, method, search: searchOf(request) };
}

function searchOf({ url }: FastifyRequest): string {
  const search = url.indexOf('?');
  return search === -1 ? '' : url.slice(search);
}

/** Parts would come from `@defer` and `@stream`, which graphql-js 16 does not know. */
function whole({ body }: HTTPGraphQLResponse): string {
  if (body.kind === 'complete') return body.string;
  throw new Error('Apollo Server answered in parts.');
}

/** Faults outside of any operation come without the id that the log has them under. */
function identified(answer: string, requestId: string): string {
  const { errors }: { errors: GraphQLFormattedError[] } = JSON.parse(answer);
  return JSON.stringify({
    errors: errors.map((error) => (isFault(error) ? withRequestId(error, requestId) : error)),
  });
}

function refuseMethod(_request: FastifyRequest, reply: FastifyReply) {
  const message = 'GraphQL is spoken here by POST, and by GET for queries.';
  return reply
    .code(405)
    .header('allow', 'GET, POST')
    .send({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] });
}
