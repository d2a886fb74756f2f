import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { tieFault } from './fault-plugin';
import { presentError } from './present-error';
import type { RequestContext } from './request-context';

/** What graphql-js found wrong, as a client may see it; faults are logged under the request's id. */
export function presentErrors(
  errors: readonly GraphQLError[],
  context: RequestContext,
): GraphQLFormattedError[] {
  return errors.map((error) => tieFault(presentError(error.toJSON(), error), error, context));
}
