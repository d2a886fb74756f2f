import {
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';
import { forbiddenFields } from '../../graphql/access/forbidden-fields';
import type { Variables } from './coercer';
import { coercion, type OperationArgs } from './operation-args';
import { presented } from './presented';
import { unknownFieldsFirst } from './unknown-fields';

/**
 * Returns the response to an operation of which its principal may not use a part; null if all of it
 * may be executed. Every way to execute an operation asks this first.
 *
 * @param coerced the variables; null if they are not coerced yet.
 */
export function refusalOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  { document, variableValues, contextValue }: OperationArgs,
  coerced: Variables | null,
): FormattedExecutionResult | null {
  const { principal } = contextValue;
  if (principal === null) return null;
  const variables =
    coerced === null ? coerce(schema, operation, variableValues ?? {}) : { coerced };
  if ('errors' in variables) return presented({ errors: variables.errors }, contextValue);
  const given = { schema, document, operation, variables: variables.coerced };
  const errors = errorsOf(() => forbiddenFields(given, principal));
  return errors.length === 0 ? null : presented({ errors, data: null }, contextValue);
}

/**
 * Returns the errors, or the one that graphql-js throws for a condition (`@include`) whose variable
 * is null. It then refuses the operation too, with this error.
 */
function errorsOf(check: () => readonly GraphQLError[]): readonly GraphQLError[] {
  try {
    return check();
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

/** Coerces as before an execution, with the same errors. */
function coerce(schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Variables) {
  const { options, hideSuggestions } = coercion;
  const result = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
    maxErrors: options.maxCoercionErrors,
    hideSuggestions,
  });
  if (result.errors === undefined) return result;
  return { errors: unknownFieldsFirst(result.errors, schema, operation, variables) };
}
