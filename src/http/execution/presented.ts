import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import { presentErrors } from '../errors/present-errors';
import type { RequestContext } from '../request-context';

/** Returns a result as clients may see it, errors first. */
export function presented(
  { errors, data }: ExecutionResult,
  context: RequestContext,
): FormattedExecutionResult {
  return { errors: errors && presentErrors(errors, context), data };
}
