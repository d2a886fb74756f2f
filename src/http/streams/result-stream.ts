import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  getOperationAST,
} from 'graphql';
import { mapStream, type Stream } from '../../graphql/stream';
import { presentErrors } from '../errors/present-errors';
import { PresentedError } from '../errors/presented-error';
import { refusalOf } from '../execution/permission';
import { unknownFieldsFirst } from '../execution/unknown-fields';
import type { RequestContext } from '../request-context';

interface SubscriptionArgs extends ExecutionArgs {
  readonly contextValue: RequestContext;
}

/**
 * Begins a validated subscription. Returns a stream of results as clients may see them, each with a
 * budget of its own, or the errors. The stream throws a {@link PresentedError}.
 */
export async function resultStream(
  args: SubscriptionArgs,
): Promise<Stream<FormattedExecutionResult> | readonly GraphQLFormattedError[]> {
  const { schema, document, operationName, contextValue } = args;
  const operation = getOperationAST(document, operationName);
  const refusal = operation && refusalOf(schema, operation, args, null);
  if (refusal) return refusal.errors ?? [];
  const events = await createSourceEventStream(args);
  if ('errors' in events) {
    const { errors = [] } = events;
    const isRefused = operation && events.data === undefined;
    const variables = args.variableValues ?? {};
    const named = isRefused ? unknownFieldsFirst(errors, schema, operation, variables) : errors;
    return presentErrors(named, contextValue);
  }
  const source = (events as Stream<unknown>)[Symbol.asyncIterator]() as Stream<unknown>;
  const results = mapStream(source, async (rootValue) => {
    const context = { ...contextValue, budget: contextValue.budget.fresh() };
    return presentResult(await execute({ ...args, rootValue, contextValue: context }), context);
  });
  return { ...results, next: () => presentFailure(results.next(), contextValue) };
}

function presentResult(
  { errors, ...result }: ExecutionResult,
  context: RequestContext,
): FormattedExecutionResult {
  return errors === undefined ? result : { errors: presentErrors(errors, context), ...result };
}

async function presentFailure<Result>(next: Promise<Result>, context: RequestContext) {
  try {
    return await next;
  } catch (error) {
    const graphqlError = error instanceof GraphQLError ? error : asGraphqlError(error);
    throw new PresentedError(presentErrors([graphqlError], context)[0]);
  }
}

function asGraphqlError(thrown: unknown): GraphQLError {
  const originalError = thrown instanceof Error ? thrown : new Error(String(thrown));
  return new GraphQLError(originalError.message, { originalError });
}
