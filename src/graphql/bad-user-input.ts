import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import type { TopLevelErrorCode } from '../error-codes';

/**
 * Returns the error for a request that is wrong in a way the schema cannot express: BAD_USER_INPUT
 * at the field that throws it, or at the given place.
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
 * Returns the error of a wrong request as a value, to be thrown at its field later: thrown inside a
 * job it would fail the change too.
 */
export function errorAsValue<Result>(take: () => Result): Result | GraphQLError {
  try {
    return take();
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

/** @throws the error that {@link errorAsValue} returned. */
export function throwIfError<Result>(kept: Result | GraphQLError): Result {
  if (kept instanceof GraphQLError) throw kept;
  return kept;
}
