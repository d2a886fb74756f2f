import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import type { FormattedExecutionResult } from 'graphql';
import type { Executor } from '../execution/executor';
import type { RequestContext } from '../request-context';
import { readsJsonOnly } from './status-plugin';

/** Returns the status of a result. A result without `data` means that variables were refused. */
export function statusOf({ data }: FormattedExecutionResult, accept: string | undefined): number {
  return data !== undefined || readsJsonOnly(accept) ? 200 : 400;
}

/**
 * Executes operations that Apollo Server has validated. Apollo Server's own call of `execute`
 * cannot turn suggestions off, and computes them for names as long as the body.
 */
export function executionPlugin(executor: Executor): ApolloServerPlugin<RequestContext> {
  const listener = {
    async responseForOperation(validated: GraphQLRequestContext<RequestContext>) {
      const { document, operation, request, contextValue } = validated;
      // Apollo Server reports that there is no such operation.
      if (document === undefined || operation === undefined) return null;
      const { operationName, variables: variableValues } = request;
      const args = { document, operationName, variableValues, contextValue };
      const singleResult = await executor.execute(args);
      const status = statusOf(singleResult, request.http?.headers.get('accept'));
      const http = { status, headers: new HeaderMap() };
      return { http, body: { kind: 'single' as const, singleResult } };
    },
  };
  return { requestDidStart: async () => listener };
}
