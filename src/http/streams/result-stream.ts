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
import { presentErrors } from '../errors/present-errors';
import { PresentedError } from '../errors/presented-error';
import type { RequestContext } from '../request-context';

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
  const source = (events as Stream<unknown>)[Symbol.asyncIterator]() as Stream<unknown>;
  const answers = mapStream(source, async (rootValue) => {
    const context = { ...contextValue, budget: contextValue.budget.fresh() };
    return presentResult(await execute({ ...args, rootValue, contextValue: context }), context);
  });
  return { ...answers, next: () => presentFailure(answers.next(), contextValue) };
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
