import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLDirective,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';

/** Where selections are looked up: what they depend on besides the nodes. */
export type Selecting = Pick<GraphQLResolveInfo, 'fragments' | 'variableValues'>;

/** The nodes that select a field, and what their selections depend on. */
export type Selected = Selecting & Pick<GraphQLResolveInfo, 'fieldNodes'>;

/**
 * Visits the selected fields below a field of an object type, or of an operation, with fragments
 * expanded and @skip and @include applied. Type conditions are ignored: in a valid document every
 * fragment below an object type applies to it.
 */
export function forEachField(
  info: Selecting,
  node: OperationDefinitionNode | FragmentDefinitionNode | FieldNode | InlineFragmentNode,
  visit: (field: FieldNode) => void,
): void {
  for (const selection of node.selectionSet?.selections ?? []) {
    if (!isSelected(info, selection)) continue;
    if (selection.kind === Kind.FIELD) visit(selection);
    else if (selection.kind === Kind.INLINE_FRAGMENT) forEachField(info, selection, visit);
    else {
      const fragment = info.fragments[selection.name.value];
      if (fragment !== undefined) forEachField(info, fragment, visit);
    }
  }
}

function isSelected(info: Selecting, node: SelectionNode): boolean {
  if (node.directives === undefined || node.directives.length === 0) return true;
  const isSet = (directive: GraphQLDirective) =>
    getDirectiveValues(directive, node, info.variableValues)?.if;
  return isSet(GraphQLSkipDirective) !== true && isSet(GraphQLIncludeDirective) !== false;
}
