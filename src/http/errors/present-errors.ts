import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { tieFault } from '../apollo/fault-plugin';
import type { RequestContext } from '../request-context';
import { presentError } from './present-error';

/** What graphql-js found wrong, as a client may see it; faults are logged under the request's id. */
export function presentErrors(
  errors: readonly GraphQLError[],
  context: RequestContext,
): GraphQLFormattedError[] {
  return errors.map((error) => tieFault(presentError(error.toJSON(), error), error, context));
}
