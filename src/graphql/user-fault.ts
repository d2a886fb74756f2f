import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import type { TopLevelErrorCode } from '../error-codes';

/**
 * A fault of the request that types cannot tell: answered with BAD_USER_INPUT at the field that
 * throws it, or at the place that is given.
 */
export function badUserInput(
  message: string,
  place: Pick<GraphQLErrorOptions, 'nodes' | 'path'> = {},
): GraphQLError {
  return new GraphQLError(message, {
    ...place,
    extensions: { code: 'BAD_USER_INPUT' satisfies TopLevelErrorCode },
  });
}

/**
 * Keeps a fault of the request as a value, to be answered at its field: thrown while an account
 * stands still it would spoil the change beside it.
 */
export function keepFault<Result>(take: () => Result): Result | GraphQLError {
  try {
    return take();
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

/** What was taken; throws the fault that was kept instead. */
export function throwFault<Result>(kept: Result | GraphQLError): Result {
  if (kept instanceof GraphQLError) throw kept;
  return kept;
}
