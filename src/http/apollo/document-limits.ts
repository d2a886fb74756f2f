import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

interface DocumentLimits {
  readonly depthMax: number;
  readonly rootFieldsMax: number;
  readonly aliasesMax: number;
  readonly directivesMax: number;
}

/** The size of a selection set with every fragment expanded. */
interface Size {
  /** Fields on the first level. */
  width: number;
  /** Levels of fields, this one included. */
  depth: number;
  aliases: number;
  directives: number;
}

/**
 * Returns a validation rule that limits the size of operations. One pass measures each fragment
 * once, so the cost is linear even if fragments spread each other. The rule must run after the
 * standard rules, which exclude cycles.
 */
export function documentLimitsRule(limits: DocumentLimits) {
  return (context: ValidationContext): ASTVisitor => {
    const measured = new Map<string, Size>();
    return {
      OperationDefinition(operation: OperationDefinitionNode) {
        const size = measureSelections(operation.selectionSet, context, measured);
        size.directives += directivesOfHead(operation);
        for (const message of excesses(size, limits)) {
          context.reportError(new GraphQLError(message, { nodes: operation }));
        }
        return false;
      },
    };
  };
}

function excesses(size: Size, limits: DocumentLimits): string[] {
  const found: [number, number, string][] = [
    [size.width, limits.rootFieldsMax, 'root fields'],
    [size.depth, limits.depthMax, 'levels of fields'],
    [size.aliases, limits.aliasesMax, 'aliases'],
    [size.directives, limits.directivesMax, 'directives'],
  ];
  return found
    .filter(([count, most]) => count > most)
    .map(
      ([count, most, what]) => `The operation has ${count} ${what}; at most ${most} are allowed.`,
    );
}

function directivesOfHead(operation: OperationDefinitionNode): number {
  const variables = operation.variableDefinitions ?? [];
  return variables.reduce(
    (sum, variable) => sum + (variable.directives?.length ?? 0),
    operation.directives?.length ?? 0,
  );
}

function measureSelections(
  set: SelectionSetNode,
  context: ValidationContext,
  measured: Map<string, Size>,
): Size {
  const total: Size = { width: 0, depth: 0, aliases: 0, directives: 0 };
  for (const selection of set.selections) {
    const size = measureSelection(selection, context, measured);
    total.width += size.width;
    total.depth = Math.max(total.depth, size.depth);
    total.aliases += size.aliases;
    total.directives += size.directives + (selection.directives?.length ?? 0);
  }
  return total;
}

function measureSelection(
  selection: SelectionNode,
  context: ValidationContext,
  measured: Map<string, Size>,
): Size {
  switch (selection.kind) {
    case Kind.INLINE_FRAGMENT:
      return measureSelections(selection.selectionSet, context, measured);
    case Kind.FRAGMENT_SPREAD:
      return measureFragment(context.getFragment(selection.name.value), context, measured);
    case Kind.FIELD: {
      const below = selection.selectionSet
        ? measureSelections(selection.selectionSet, context, measured)
        : nothing;
      return {
        width: 1,
        depth: selection.name.value.startsWith('__') ? 1 : 1 + below.depth,
        aliases: below.aliases + (selection.alias ? 1 : 0),
        directives: below.directives,
      };
    }
  }
}

function measureFragment(
  fragment: FragmentDefinitionNode | null | undefined,
  context: ValidationContext,
  measured: Map<string, Size>,
): Size {
  if (!fragment) return nothing;
  const known = measured.get(fragment.name.value);
  if (known) return known;
  const size = measureSelections(fragment.selectionSet, context, measured);
  size.directives += fragment.directives?.length ?? 0;
  measured.set(fragment.name.value, size);
  return size;
}

const nothing: Readonly<Size> = { width: 0, depth: 0, aliases: 0, directives: 0 };
