import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { isFault, withRequestId } from '../errors/present-error';
import type { RequestContext } from '../request-context';

/** Faults come from `presentError`; here the request is known that they are tied to. */
export const faultPlugin: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => listener,
  // The library itself failed, past all resolvers; the route puts the id into what it answers.
  unexpectedErrorProcessingRequest: async ({ requestContext, error }) =>
    logFault(requestContext.contextValue, error),
};

const listener = {
  async willSendResponse(request: GraphQLRequestContext<RequestContext>) {
    const { contextValue, errors } = request;
    if (!errors || request.response.body?.kind !== 'single') return;
    const result = request.response.body.singleResult;
    result.errors = result.errors?.map((shown, index) =>
      tieFault(shown, errors[index], contextValue),
    );
  },
};

/**
 * Ties a masked fault to its error: the client gets the request id, and the log the error under the
 * same id. What is no fault stays as it is shown.
 */
export function tieFault(
  shown: GraphQLFormattedError,
  error: GraphQLError | undefined,
  context: RequestContext,
): GraphQLFormattedError {
  if (!isFault(shown)) return shown;
  logFault(context, error?.originalError ?? error, shown.path);
  return withRequestId(shown, context.requestId);
}

function logFault(
  { requestId, logger, note }: RequestContext,
  error: unknown,
  path?: GraphQLFormattedError['path'],
): void {
  const { operationName } = note;
  logger.error({ requestId, operationName, path, err: error }, 'A request failed');
}
