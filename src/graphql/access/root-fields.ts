import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { forEachField, type Selecting } from '../selection';

/** A root field that is selected. */
interface RootField {
  /** Its name in the response. */
  readonly key: string;
  /** Its name in the schema. */
  readonly name: string;
  readonly nodes: readonly FieldNode[];
}

/** What does not depend on the variables of an operation. */
interface Roots {
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** Null if variables decide which fields are selected. */
  readonly fields: readonly RootField[] | null;
}

/** Collecting them again for each request would cost more than checking them. */
const known = new WeakMap<OperationDefinitionNode, Roots>();

/** Returns the root fields that an operation selects, and its fragments. */
export function rootFieldsOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variableValues: Selecting['variableValues'],
): { readonly fields: readonly RootField[]; readonly fragments: Roots['fragments'] } {
  const roots = known.get(operation);
  if (roots === undefined) {
    known.set(operation, read(document, operation));
    return rootFieldsOf(document, operation, variableValues);
  }
  const { fragments, fields } = roots;
  if (fields !== null) return { fields, fragments };
  return { fields: collect(operation, { fragments, variableValues }), fragments };
}

function read(document: DocumentNode, operation: OperationDefinitionNode): Roots {
  const fragments = fragmentsOf(document);
  const isFixed = !hasDirectives(operation.selectionSet, fragments);
  const fields = isFixed ? collect(operation, { fragments, variableValues: {} }) : null;
  return { fragments, fields };
}

function fragmentsOf({ definitions }: DocumentNode): Roots['fragments'] {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return fragments;
}

/** True if a root field, or a fragment of root fields, may be left out. */
function hasDirectives(set: SelectionSetNode, fragments: Roots['fragments']): boolean {
  return set.selections.some((selection) => {
    if ((selection.directives ?? []).length > 0) return true;
    if (selection.kind === Kind.FIELD) return false;
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
    return fragment !== undefined && hasDirectives(fragment.selectionSet, fragments);
  });
}

function collect(operation: OperationDefinitionNode, selecting: Selecting): readonly RootField[] {
  const found = new Map<string, FieldNode[]>();
  forEachField(selecting, operation, (node) => {
    const key = (node.alias ?? node.name).value;
    const nodes = found.get(key);
    if (nodes === undefined) found.set(key, [node]);
    else if (!nodes.includes(node)) nodes.push(node);
  });
  return [...found].map(([key, nodes]) => ({ key, name: nodes[0]!.name.value, nodes }));
}
