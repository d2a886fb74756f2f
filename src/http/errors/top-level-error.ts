import type { GraphQLFormattedError } from 'graphql';
import type { TopLevelErrorCode } from '../../error-codes';

/** Returns an error in GraphQL's shape, without locations and path. */
export function topLevelError(code: TopLevelErrorCode, message: string): GraphQLFormattedError {
  return { message, extensions: { code } };
}
