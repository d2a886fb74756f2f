import { GraphQLError } from 'graphql';

/**
 * A fault of the request that types cannot tell: answered at the field's path with BAD_USER_INPUT.
 */
export function badUserInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
