import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

export interface PageLimits {
  readonly pageRowsMax: number;
  readonly pageRowsDefault: number;
}

/** The document around an operation, and what the caller sent with it. */
interface Question {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Variables;
  readonly limits: PageLimits;
}

/**
 * The number of values that the answer to an operation can hold: every field times the rows of the
 * pages around it, and of the bulk calls around it. Lists without pages (an account's payers) count
 * as one row, as their length is not known here. One walk; the fragments of a document are bounded
 * elsewhere.
 */
export function answerSize(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  sent: Variables,
  limits: PageLimits,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  const variables = { ...defaultsOf(operation), ...sent };
  const question: Question = { schema, fragments, variables, limits };
  const root = schema.getRootType(operation.operation);
  return root ? sizeOfSelections(operation.selectionSet, root, 1, question) : 0;
}

function defaultsOf(operation: OperationDefinitionNode): Variables {
  const defaults: Record<string, unknown> = {};
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    if (defaultValue) defaults[variable.name.value] = valueFromASTUntyped(defaultValue);
  }
  return defaults;
}

/**
 * `rows` is how many rows each list in the set can have; it is a field's business to say so for
 * what is below.
 */
function sizeOfSelections(
  set: SelectionSetNode,
  type: GraphQLNamedType,
  rows: number,
  question: Question,
): number {
  let size = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      size += sizeOfField(selection, type, rows, question);
      continue;
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? question.fragments.get(selection.name.value)
        : selection;
    if (!fragment) continue;
    const condition = fragment.typeCondition?.name.value;
    const inner = condition === undefined ? type : (question.schema.getType(condition) ?? type);
    size += sizeOfSelections(fragment.selectionSet, inner, rows, question);
  }
  return size;
}

function sizeOfField(
  node: FieldNode,
  parent: GraphQLNamedType,
  rows: number,
  question: Question,
): number {
  const field =
    isObjectType(parent) || isInterfaceType(parent)
      ? parent.getFields()[node.name.value]
      : undefined;
  // Introspection and leaves.
  if (!field || !node.selectionSet) return 1;
  const times = isListType(getNullableType(field.type)) ? rows : 1;
  const below = rowsBelow(node, field, question);
  return 1 + times * sizeOfSelections(node.selectionSet, getNamedType(field.type), below, question);
}

/**
 * A page has at most as many rows as it was asked for; a bulk call answers a row for each that it
 * was given.
 */
function rowsBelow(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  question: Question,
): number {
  if (field.args.some((argument) => argument.name === 'first')) {
    const asked = ['first', 'last'].map((name) => argumentValue(node, name, question));
    const given = asked.filter((value) => value !== undefined && value !== null);
    if (given.length === 0) return question.limits.pageRowsDefault;
    return Math.max(...given.map((value) => pageRows(value, question.limits)));
  }
  const values = node.arguments?.map((argument) => givenValue(argument.value, question)) ?? [];
  return Math.max(1, ...values.map(longestList));
}

/** What is no page size is refused later, with its reason; here it counts as the largest page. */
function pageRows(value: unknown, limits: PageLimits): number {
  const rows = typeof value === 'number' && value >= 0 ? value : limits.pageRowsMax;
  return Math.min(rows, limits.pageRowsMax);
}

function argumentValue(node: FieldNode, name: string, question: Question): unknown {
  const argument = node.arguments?.find((each) => each.name.value === name);
  return argument && givenValue(argument.value, question);
}

function givenValue(node: ValueNode, question: Question): unknown {
  return node.kind === Kind.VARIABLE
    ? question.variables[node.name.value]
    : valueFromASTUntyped(node, question.variables);
}

function longestList(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Math.max(
    0,
    ...Object.values(value).map((each) => (Array.isArray(each) ? each.length : 0)),
  );
}
