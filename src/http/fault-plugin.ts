import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from '../telemetry/logger';
import { isFault } from './present-error';
import type { RequestContext } from './request-context';

/**
 * Ties a masked fault to its error: the client gets the request id, and the log the error under the
 * same id. Faults come back from {@link presentError}; they are told apart here because only here
 * the request is known.
 */
export function faultPlugin(logger: Logger): ApolloServerPlugin<RequestContext> {
  const listener = {
    async willSendResponse(request: GraphQLRequestContext<RequestContext>) {
      const { errors } = request;
      if (errors && request.response.body?.kind === 'single') {
        const result = request.response.body.singleResult;
        result.errors = result.errors?.map((shown, index) => {
          if (!isFault(shown)) return shown;
          logFault(logger, request, errors[index]?.originalError ?? errors[index], shown);
          return withRequestId(shown, request.contextValue.requestId);
        });
      }
    },
  };
  return {
    requestDidStart: async () => listener,
    // The library itself failed, past all resolvers; what it answers then gets its id from the
    // route.
    unexpectedErrorProcessingRequest: async ({ requestContext, error }) =>
      logFault(logger, requestContext, error),
  };
}

export function withRequestId(
  error: GraphQLFormattedError,
  requestId: string,
): GraphQLFormattedError {
  return { ...error, extensions: { ...error.extensions, requestId } };
}

function logFault(
  logger: Logger,
  { contextValue, operationName }: GraphQLRequestContext<RequestContext>,
  error: unknown,
  shown?: GraphQLFormattedError,
): void {
  const { requestId } = contextValue;
  logger.error({ requestId, operationName, path: shown?.path, err: error }, 'A request failed');
}
