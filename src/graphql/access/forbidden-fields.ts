import {
  type DocumentNode,
  type FieldNode,
  type GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  getArgumentValues,
  type OperationDefinitionNode,
} from 'graphql';
import type { Principal } from '../../auth/principal';
import type { Selecting } from '../selection';
import { forbidden, refusalOf } from './refusal';
import { rootFieldsOf } from './root-fields';

/** A valid operation, before it is executed. */
interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As graphql-js coerces them. */
  readonly variables: Selecting['variableValues'];
}

/**
 * Returns an error for each root field that a principal may not use with these arguments. If there
 * is one, nothing of the operation may be executed: of several mutations, none is made if one of
 * them is forbidden. Reads nothing but the operation.
 */
export function forbiddenFields(given: Operation, principal: Principal): readonly GraphQLError[] {
  const { schema, document, operation, variables } = given;
  const definitions = schema.getRootType(operation.operation)?.getFields() ?? {};
  const { fields, fragments } = rootFieldsOf(document, operation, variables);
  const errors: GraphQLError[] = [];
  for (const { key, name, nodes } of fields) {
    const field = definitions[name];
    // Only `__typename`, `__schema` and `__type` have none, which show nothing of an account.
    if (field === undefined) continue;
    const refusal = refusalOf(principal, field, {
      selected: () => ({ fieldNodes: nodes, fragments, variableValues: variables }),
      args: () => argumentsOf(field, nodes[0]!, variables),
    });
    if (refusal !== null) errors.push(forbidden(refusal, { nodes, path: [key] }));
  }
  return errors;
}

/** Returns null if graphql-js refuses them: it then does not call the resolver. */
function argumentsOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Selecting['variableValues'],
): object | null {
  try {
    return getArgumentValues(field, node, variables);
  } catch {
    return null;
  }
}
