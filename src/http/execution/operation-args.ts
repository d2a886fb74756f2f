import type { ExecutionArgs } from 'graphql';
import type { RequestContext } from '../request-context';

/** A valid operation, and what it is executed with. */
export interface OperationArgs extends Omit<ExecutionArgs, 'schema'> {
  readonly contextValue: RequestContext;
}

/**
 * Makes graphql-js stop at the first invalid variable, and compute no suggestions for names. It
 * prints the whole value for each error.
 */
export const coercion = {
  options: { maxCoercionErrors: 1 },
  hideSuggestions: true,
} as const satisfies Partial<ExecutionArgs>;
