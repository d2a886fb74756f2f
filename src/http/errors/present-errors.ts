import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { tieFault } from '../apollo/fault-plugin';
import type { RequestContext } from '../request-context';
import { presentError } from './present-error';

/** Converts errors of graphql-js to what clients may see, and logs faults under the request id. */
export function presentErrors(
  errors: readonly GraphQLError[],
  context: RequestContext,
): GraphQLFormattedError[] {
  return errors.map((error) => tieFault(presentError(error.toJSON(), error), error, context));
}
