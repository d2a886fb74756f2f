import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
} from 'graphql';
import { mapStream, type Stream } from '../../graphql/stream';
import { presentErrors } from '../present-errors';
import type { RequestContext } from '../request-context';
import { PresentedError } from './presented-error';

export interface SubscriptionArgs extends ExecutionArgs {
  readonly contextValue: RequestContext;
}

/**
 * Begins a subscription that was found right: a stream of answers as clients may see them, each
 * with room of its own, or what is wrong with it. The stream throws a {@link PresentedError}.
 */
export async function answerStream(
  args: SubscriptionArgs,
): Promise<Stream<FormattedExecutionResult> | readonly GraphQLFormattedError[]> {
  const { contextValue } = args;
  const events = await createSourceEventStream(args);
  if ('errors' in events) return presentErrors(events.errors ?? [], contextValue);
  const iterator = (events as Stream<unknown>)[Symbol.asyncIterator]() as Stream<unknown>;
  const source = {
    next: () => presentFailure(iterator.next(), contextValue),
    return: () => iterator.return(),
  };
  return mapStream(source, async (rootValue) => {
    const context = { ...contextValue, budget: contextValue.budget.fresh() };
    const result = await execute({ ...args, rootValue, contextValue: context });
    return presentResult(result, context);
  });
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
    const fault = error instanceof GraphQLError ? error : asGraphqlError(error);
    throw new PresentedError(presentErrors([fault], context)[0]);
  }
}

function asGraphqlError(thrown: unknown): GraphQLError {
  const originalError = thrown instanceof Error ? thrown : new Error(String(thrown));
  return new GraphQLError(originalError.message, { originalError });
}
