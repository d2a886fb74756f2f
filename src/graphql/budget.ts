import type { GraphQLResolveInfo } from 'graphql';
import { createParameterDecorator } from 'type-graphql';
import { limits } from '../config';
import { ResponseBudget } from './response-budget';

/**
 * Budgets of operations that run without a `LedgerContext`, as when a program calls graphql-js
 * itself. The key is the object of variables, which graphql-js creates for each execution.
 */
const budgets = new WeakMap<object, ResponseBudget>();

/** Passes the budget of the operation to a resolver. */
export function Budget() {
  return createParameterDecorator(({ context, info }) => budgetOf(context, info));
}

/** Returns the budget of the context, or else one of the usual size for this operation. */
export function budgetOf(context: unknown, { variableValues }: GraphQLResolveInfo): ResponseBudget {
  const given = (context as { readonly budget?: unknown } | null | undefined)?.budget;
  if (given instanceof ResponseBudget) return given;
  const budget = budgets.get(variableValues) ?? new ResponseBudget(limits.responseRowsMax);
  budgets.set(variableValues, budget);
  return budget;
}
