import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  getArgumentValues,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { Principal } from '../../auth/principal';
import { forEachField, type Selecting } from '../selection';
import { forbidden, refusalOf } from './refusal';

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
export function forbiddenFields(asked: Operation, principal: Principal): readonly GraphQLError[] {
  const { schema, document, operation, variables } = asked;
  const fields = schema.getRootType(operation.operation)?.getFields() ?? {};
  const selecting = { fragments: fragmentsOf(document), variableValues: variables };
  const errors: GraphQLError[] = [];
  for (const [key, fieldNodes] of rootFieldsOf(operation, selecting)) {
    const node = fieldNodes[0]!;
    const field = Object.hasOwn(fields, node.name.value) ? fields[node.name.value] : undefined;
    // Only `__typename`, `__schema` and `__type` have none, which show nothing of an account.
    if (field === undefined) continue;
    const args = () => argumentsOf(field, node, variables);
    const refusal = refusalOf(principal, field, { ...selecting, fieldNodes }, args);
    if (refusal !== null) errors.push(forbidden(refusal, { nodes: fieldNodes, path: [key] }));
  }
  return errors;
}

/** Returns the nodes of each root field, by its name in the response. */
function rootFieldsOf(
  operation: OperationDefinitionNode,
  selecting: Selecting,
): ReadonlyMap<string, FieldNode[]> {
  const found = new Map<string, FieldNode[]>();
  forEachField(selecting, operation, (node) => {
    const key = (node.alias ?? node.name).value;
    const nodes = found.get(key);
    if (nodes === undefined) found.set(key, [node]);
    else if (!nodes.includes(node)) nodes.push(node);
  });
  return found;
}

function fragmentsOf({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return fragments;
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
