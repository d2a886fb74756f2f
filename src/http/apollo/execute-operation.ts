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
 * Makes graphql-js stop at the first invalid variable, and compute no suggestions for names. It
 * prints the whole value for each error.
 */
export const coercion = {
  options: { maxCoercionErrors: 1 },
  hideSuggestions: true,
} as const satisfies Partial<ExecutionArgs>;

interface OperationArgs extends ExecutionArgs {
  readonly contextValue: RequestContext;
}

/** Executes a query or a mutation. Returns the result as clients may see it, errors first. */
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

/** Returns the status of a result. A result without `data` means that variables were refused. */
export function statusOf({ data }: FormattedExecutionResult, accept: string | undefined): number {
  return data !== undefined || readsJsonOnly(accept) ? 200 : 400;
}

/**
 * Executes operations that Apollo Server has validated. Apollo Server's own call of `execute`
 * cannot turn suggestions off, and computes them for names as long as the body.
 */
export const executionPlugin: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    async responseForOperation(validated: GraphQLRequestContext<RequestContext>) {
      const { schema, document, operation, request, contextValue } = validated;
      // Apollo Server reports that there is no such operation.
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
