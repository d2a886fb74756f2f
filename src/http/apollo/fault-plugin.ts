import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { isFault, withRequestId } from '../errors/present-error';
import type { RequestContext } from '../request-context';

/** Adds the request id to the faults that `presentError` has masked, and logs them. */
export const faultPlugin: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => listener,
  // Apollo Server itself failed, outside of resolvers; the route adds the id to the response.
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
 * Connects a masked fault with its error: the client receives the request id, and the log has the
 * error under the same id. Returns an error that is not a fault unchanged.
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
