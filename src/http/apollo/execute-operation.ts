import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
} from 'graphql';
import { presentErrors } from '../errors/present-errors';
import type { RequestContext } from '../request-context';
import { readsJsonOnly } from './status-plugin';

/**
 * How graphql-js reads variables: it stops at the first value that is wrong, and looks for no names
 * that are like a wrong one. Each error costs it a print of all that the value holds.
 */
export const coercion = {
  options: { maxCoercionErrors: 1 },
  hideSuggestions: true,
} as const satisfies Partial<ExecutionArgs>;

export interface OperationArgs extends ExecutionArgs {
  readonly contextValue: RequestContext;
}

/** Executes a query or a mutation: the result as clients may see it, with errors in front. */
export function executeOperation(
  args: OperationArgs,
): FormattedExecutionResult | Promise<FormattedExecutionResult> {
  const result = execute({ ...args, ...coercion });
  const present = ({ errors, data }: ExecutionResult): FormattedExecutionResult => ({
    errors: errors && presentErrors(errors, args.contextValue),
    data,
  });
  return result instanceof Promise ? result.then(present) : present(result as ExecutionResult);
}

/** The status of a result: without data, the variables were refused. */
export function statusOf({ data }: FormattedExecutionResult, accept: string | undefined): number {
  return data !== undefined || readsJsonOnly(accept) ? 200 : 400;
}

/**
 * Executes what Apollo Server found right. Apollo's own call of `execute` takes no word on names
 * that are like a wrong one, and looks for them in names as long as the body.
 */
export const executionPlugin: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    async responseForOperation(found: GraphQLRequestContext<RequestContext>) {
      const { schema, document, operation, request, contextValue } = found;
      // Apollo Server says what is wrong where there is no such operation.
      if (document === undefined || operation === undefined) return null;
      const { operationName, variables: variableValues } = request;
      const args = { schema, document, operationName, variableValues, contextValue };
      const singleResult = await executeOperation(args);
      const status = statusOf(singleResult, request.http?.headers.get('accept'));
      const http = { status, headers: new HeaderMap() };
      return { http, body: { kind: 'single' as const, singleResult } };
    },
  }),
};
