import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { limits } from '../../config';
import type { TopLevelErrorCode } from '../../error-codes';

export const conditionCode = 'GRAPHQL_VALIDATION_FAILED' satisfies TopLevelErrorCode;

const problem =
  'A subscription always has its one root field: remove @skip and @include from that field, and ' +
  'from the fragments around it.';

/**
 * Returns why a document is refused before it is validated, or null. GraphQL forbids conditions on
 * the root field of a subscription, and the rule of graphql-js 16 throws for them instead of
 * reporting an error. Parses only documents that can have one.
 */
export function conditionProblem(query: unknown): string | null {
  if (typeof query !== 'string' || !query.includes('subscription') || !query.includes('@')) {
    return null;
  }
  const document = parsed(query);
  return document !== null && hasConditions(document) ? problem : null;
}

/** Returns null for a document that cannot be parsed, which is reported later. */
function parsed(query: string): DocumentNode | null {
  try {
    return parse(query, { noLocation: true, maxTokens: limits.documentTokensMax });
  } catch {
    return null;
  }
}

function hasConditions({ definitions }: DocumentNode): boolean {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of definitions) {
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  }
  return definitions.some(
    (each) =>
      each.kind === Kind.OPERATION_DEFINITION &&
      each.operation === 'subscription' &&
      isConditional(each.selectionSet, fragments),
  );
}

/** @param fragments those that were not visited yet; fragments may form a cycle. */
function isConditional(
  set: SelectionSetNode,
  fragments: Map<string, FragmentDefinitionNode>,
): boolean {
  return set.selections.some((selection) => {
    if (selection.directives?.some(({ name }) => conditions.has(name.value))) return true;
    if (selection.kind === Kind.FIELD) return false;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return isConditional(selection.selectionSet, fragments);
    }
    const fragment = fragments.get(selection.name.value);
    fragments.delete(selection.name.value);
    return fragment !== undefined && isConditional(fragment.selectionSet, fragments);
  });
}

const conditions = new Set(['skip', 'include']);
