import {
  type ApolloServer,
  HeaderMap,
  type HTTPGraphQLRequest,
  type HTTPGraphQLResponse,
} from '@apollo/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import type { Limits } from '../config';
import type { CorsOrigins } from '../cors-origins';
import type { TopLevelErrorCode } from '../error-codes';
import { ResponseBudget } from '../graphql/response-budget';
import { isObject } from '../is-object';
import type { Logger } from '../telemetry/logger';
import { acceptsJson } from './accept';
import type { FastPath } from './apollo/fast-path';
import { checkQueryString } from './apollo/query-string';
import { readsJsonOnly } from './apollo/status-plugin';
import { conditionCode, conditionProblem } from './apollo/subscription-conditions';
import { isPreflight, preflightResponse } from './cors';
import { errorResponse } from './errors/error-responses';
import { isFault, withRequestId } from './errors/present-error';
import { type HttpResponse, handle, type Route } from './http-response';
import { graphqlPage } from './pages/graphql-page';
import { opensInBrowser } from './pages/opens-in-browser';
import type { RequestContext } from './request-context';
import { acceptsParts, subscriptionResponse } from './streams/multipart-route';
import { streamRequest } from './streams/stream-request';
import type { Streams } from './streams/streams';

interface GraphqlRouteOptions {
  readonly apollo: ApolloServer<RequestContext>;
  readonly fastPath: FastPath;
  readonly streams: Streams;
  readonly corsOrigins: CorsOrigins;
  readonly limits: Limits;
  readonly logger: Logger;
}

/** Adds `POST /graphql`, and `GET /graphql` for queries. */
export function addGraphqlRoute(fastify: FastifyInstance, options: GraphqlRouteOptions): void {
  fastify.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    exposeHeadRoute: false,
    handler: handle((request, isNext) => respond(request, isNext, options)),
  });
  fastify.route({
    method: ['DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'PUT'],
    url: '/graphql',
    handler: handle((request) =>
      isPreflight(request)
        ? preflightResponse(request, options.corsOrigins)
        : refuseMethod(request),
    ),
  });
}

async function respond(
  request: FastifyRequest,
  isNext: Parameters<Route>[1],
  { apollo, fastPath, streams, limits, logger }: GraphqlRouteOptions,
): Promise<HttpResponse | null> {
  if (opensInBrowser(request)) return graphqlPage(request);
  const context = contextOf(request, limits, logger);
  const { stream } = context;
  checkQueryString(searchOf(request), limits.variableValuesMax);
  if (documentLength(request) > limits.documentLengthMax) return documentTooLong(request, limits);
  // Queued behind another response, a stream could send nothing, and would count as a subscription.
  if (stream !== null && !(await isNext())) return null;
  const fast = await fastPath.respond(request, context);
  if (fast !== null) return fast;
  if (stream === null && !acceptsJson(request.headers.accept)) return notAcceptable(request);
  const problem = conditionProblem(queryOf(request));
  if (problem !== null) return invalid(request, problem, conditionCode);
  const executed = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: toApollo(request, stream !== null),
    context: async () => context,
  });
  if (stream?.document == null) return responseOf(executed, request, fastPath);
  return subscriptionResponse(request, stream.document, context, streams, limits);
}

/** Returns the length of a posted document in UTF-16 code units; 0 if there is none. */
function documentLength({ body }: FastifyRequest): number {
  return isObject(body) && typeof body.query === 'string' ? body.query.length : 0;
}

function documentTooLong(request: FastifyRequest, { documentLengthMax }: Limits): HttpResponse {
  const message =
    `The document has ${documentLength(request)} characters (UTF-16 code units); at most ` +
    `${documentLengthMax} are allowed. Send values as variables.`;
  return invalid(request, message, 'GRAPHQL_PARSE_FAILED');
}

/** Returns the document, of whatever type; null or undefined if there is none. */
function queryOf(request: FastifyRequest): unknown {
  const { body } = request;
  if (isObject(body)) return body.query;
  return new URLSearchParams(searchOf(request)).get('query');
}

/** Refuses a document with the status that Apollo Server gives an invalid one. */
function invalid(request: FastifyRequest, message: string, code: TopLevelErrorCode): HttpResponse {
  const status = readsJsonOnly(request.headers.accept) ? 200 : 400;
  return errorResponse(request, status, message, { code });
}

function notAcceptable(request: FastifyRequest): HttpResponse {
  const message =
    'The response is application/json or application/graphql-response+json, and the Accept header ' +
    'allows neither. Nothing was executed. Subscriptions are not served as text/event-stream: send ' +
    'them over a WebSocket to /graphql in the protocol graphql-transport-ws, or by POST with ' +
    'Accept: multipart/mixed;subscriptionSpec=1.0, application/json.';
  return errorResponse(request, 406, message, { code: 'BAD_USER_INPUT' });
}

function contextOf(request: FastifyRequest, limits: Limits, logger: Logger): RequestContext {
  const { session } = request;
  if (session === null) throw new Error('A request was not authenticated.');
  request.note = { operationName: null };
  return {
    requestId: request.id,
    session,
    principal: session.principal,
    logger,
    budget: new ResponseBudget(limits.responseRowsMax),
    note: request.note,
    stream: acceptsParts(request) ? streamRequest('all operations') : null,
  };
}

/** The headers that Apollo Server reads. Passing in these alone costs less than passing in all. */
const headersRead = [
  'accept',
  'content-type',
  'apollo-require-preflight',
  'x-apollo-operation-name',
] as const;

function toApollo(request: FastifyRequest, isStream: boolean): HTTPGraphQLRequest {
  const { body, headers, method } = request;
  const read = new HeaderMap();
  for (const name of headersRead) {
    const value = headers[name];
    if (value !== undefined) read.set(name, String(value));
  }
  // Apollo Server's response to a subscription is a refusal, or it is not sent.
  if (isStream) read.set('accept', `${headers.accept}, application/json;q=0.1`);
  return { body, headers: read, method, search: searchOf(request) };
}

function searchOf({ url }: FastifyRequest): string {
  const search = url.indexOf('?');
  return search === -1 ? '' : url.slice(search);
}

function responseOf(
  executed: HTTPGraphQLResponse,
  { headers, id }: FastifyRequest,
  fastPath: FastPath,
): HttpResponse {
  const { status = 200 } = executed;
  const body = wholeBody(executed);
  if (status === 200) fastPath.learn(headers.accept, executed.headers.get('content-type'));
  return {
    status,
    headers: { ...Object.fromEntries(executed.headers), 'cache-control': 'no-store' },
    body: status === 500 ? withRequestIds(body, id) : body,
  };
}

/**
 * Returns the body. Incremental ones come from `@defer` and `@stream`, which graphql-js 16 does not
 * have.
 */
function wholeBody({ body }: HTTPGraphQLResponse): string {
  if (body.kind === 'complete') return body.string;
  throw new Error('Apollo Server returned an incremental body.');
}

/** Adds the request id, under which the log has them, to faults outside of any operation. */
function withRequestIds(body: string, requestId: string): string {
  const { errors }: { errors: GraphQLFormattedError[] } = JSON.parse(body);
  return JSON.stringify({
    errors: errors.map((error) => (isFault(error) ? withRequestId(error, requestId) : error)),
  });
}

function refuseMethod(request: FastifyRequest): HttpResponse {
  const message = 'Send GraphQL by POST; queries can be sent by GET too.';
  const refusal = errorResponse(request, 405, message, { code: 'BAD_USER_INPUT' });
  return { ...refusal, headers: { ...refusal.headers, allow: 'GET, POST' } };
}
