import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from '../telemetry/logger';
import { isFault, withRequestId } from './present-error';
import type { RequestContext } from './request-context';

/**
 * Ties a masked fault to its error: the client gets the request id, and the log the error under the
 * same id. Faults come from `presentError`; the id is added here, where the request is known.
 */
export function faultPlugin(logger: Logger): ApolloServerPlugin<RequestContext> {
  const listener = {
    async willSendResponse(request: GraphQLRequestContext<RequestContext>) {
      const { contextValue, errors } = request;
      if (!errors || request.response.body?.kind !== 'single') return;
      const result = request.response.body.singleResult;
      result.errors = result.errors?.map((shown, index) => {
        if (!isFault(shown)) return shown;
        const error = errors[index]?.originalError ?? errors[index];
        logFault(logger, contextValue, error, shown.path);
        return withRequestId(shown, contextValue.requestId);
      });
    },
  };
  return {
    requestDidStart: async () => listener,
    // The library itself failed, past all resolvers; the route puts the id into what it answers.
    unexpectedErrorProcessingRequest: async ({ requestContext, error }) =>
      logFault(logger, requestContext.contextValue, error),
  };
}

export function logFault(
  logger: Logger,
  { requestId, note }: RequestContext,
  error: unknown,
  path?: GraphQLFormattedError['path'],
): void {
  const { operationName } = note;
  logger.error({ requestId, operationName, path, err: error }, 'A request failed');
}
