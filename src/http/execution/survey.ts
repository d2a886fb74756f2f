import {
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What must be known about an operation to compile it. */
export interface Survey {
  /**
   * Fields with every fragment expanded, counted for each type that an abstract one may have and
   * to which they apply.
   */
  readonly fields: number;
  /** Variables that are conditions of @skip or @include. */
  readonly conditions: ReadonlySet<string>;
  /** Variables that may be null or missing by their type, but not where they are used. */
  readonly required: ReadonlySet<string>;
}

/** A compiled field takes about 1 KB, and some 50 µs to compile. */
const fieldsMax = 300;
const documentLengthMax = 10_000;

/**
 * Surveys a valid operation.
 * @returns null if it is too large to be compiled, or graphql-jit would execute it differently from
 *   graphql-js. Each reason has its place in `Surveyor`.
 */
export function surveyOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Survey | null {
  const root = schema.getRootType(operation.operation);
  const length = document.loc?.end ?? Number.POSITIVE_INFINITY;
  if (!root || length > documentLengthMax || hasStrangeVariables(operation)) return null;
  const surveyor = new Surveyor(schema, document, operation);
  return surveyor.survey(operation.selectionSet, root) ? surveyor : null;
}

/**
 * Returns true for names with two underscores: `__proto__` would be the prototype of the object of
 * all variables.
 */
function hasStrangeVariables({ variableDefinitions = [] }: OperationDefinitionNode): boolean {
  return variableDefinitions.some(({ variable }) => variable.name.value.startsWith('__'));
}

class Surveyor implements Survey {
  readonly conditions = new Set<string>();
  readonly required = new Set<string>();
  private readonly nonNull: ReadonlySet<string>;
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  fields = 0;
  /** Conditions are ignored or mixed up where nodes are merged or shared. */
  private hasConditions = false;
  private hasMergedNodes = false;

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    { variableDefinitions = [] }: OperationDefinitionNode,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        this.fragments.set(definition.name.value, definition);
      }
    }
    this.nonNull = new Set(
      variableDefinitions
        .filter(({ type }) => type.kind === Kind.NON_NULL_TYPE)
        .map(({ variable }) => variable.name.value),
    );
  }

  /** Returns false if the operation must not be compiled. */
  survey(set: SelectionSetNode, root: GraphQLNamedType): boolean {
    return this.selections(set, root) && !(this.hasConditions && this.hasMergedNodes);
  }

  private selections(set: SelectionSetNode, type: GraphQLNamedType): boolean {
    const names = new Set<string>();
    return set.selections.every((selection) => {
      if (selection.kind !== Kind.FIELD) return this.fragment(selection, type);
      const name = (selection.alias ?? selection.name).value;
      this.hasMergedNodes ||= names.has(name);
      names.add(name);
      return this.field(selection, type);
    });
  }

  private fragment(selection: Exclude<SelectionNode, FieldNode>, type: GraphQLNamedType): boolean {
    this.hasMergedNodes = true;
    this.hasConditions ||= (selection.directives ?? []).length > 0;
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : this.fragments.get(selection.name.value);
    if (fragment === undefined) return false;
    const condition = fragment.typeCondition?.name.value;
    const narrowed = condition === undefined ? type : this.schema.getType(condition);
    if (narrowed === undefined) return false;
    if (!this.applies(narrowed, type)) return true;
    return this.selections(fragment.selectionSet, isObjectType(type) ? type : narrowed);
  }

  /** False for a fragment on another of the types that an abstract one may have. */
  private applies(condition: GraphQLNamedType, type: GraphQLNamedType): boolean {
    if (condition === type || !isObjectType(type)) return true;
    return isAbstractType(condition) && this.schema.isSubType(condition, type);
  }

  private field(node: FieldNode, parent: GraphQLNamedType): boolean {
    this.fields += 1;
    if (this.fields > fieldsMax || !hasPlainName(node)) return false;
    if (!node.directives?.every((directive) => this.directive(directive))) return false;
    if (node.name.value === '__typename') return true;
    const field = fieldOf(parent, node.name.value);
    // Introspection reads the schema itself, which here is a copy with a type more.
    if (field === undefined) return false;
    // After an error in such a field graphql-js executes no further mutation.
    const isRootOfMutation = parent === this.schema.getMutationType();
    if (isRootOfMutation && isNonNullType(field.type)) return false;
    if (!node.arguments?.every((argument) => this.argument(argument, field.args))) return false;
    if (node.selectionSet === undefined) return true;
    const type = getNamedType(field.type);
    return this.types(type).every((each) => this.selections(node.selectionSet!, each));
  }

  /** Returns the types for which fields are compiled. */
  private types(type: GraphQLNamedType): readonly GraphQLNamedType[] {
    return isAbstractType(type) ? this.schema.getPossibleTypes(type) : [type];
  }

  private directive({ arguments: values = [] }: DirectiveNode): boolean {
    this.hasConditions = true;
    return values.every(({ value }) => {
      if (value.kind !== Kind.VARIABLE) return value.kind === Kind.BOOLEAN;
      this.conditions.add(value.name.value);
      this.require(value.name.value);
      return true;
    });
  }

  /**
   * Accepts variables and literals without text: graphql-jit writes literals into the code that it
   * generates, and executes some texts. It sets missing variables within lists and objects to null.
   */
  private argument(
    { name, value }: ArgumentNode,
    definitions: readonly GraphQLArgument[],
  ): boolean {
    const definition = definitions.find((each) => each.name === name.value);
    if (definition === undefined) return false;
    if (value.kind !== Kind.VARIABLE) return literalKinds.has(value.kind);
    if (isNonNullType(definition.type)) this.require(value.name.value);
    return true;
  }

  private require(variable: string): void {
    if (!this.nonNull.has(variable)) this.required.add(variable);
  }
}

const literalKinds: ReadonlySet<Kind> = new Set([Kind.INT, Kind.BOOLEAN, Kind.ENUM, Kind.NULL]);

/**
 * True if no other path of the response can have the same name in the generated code, where paths
 * are joined by `_`. `__proto__` would be the prototype of the object that holds it.
 */
function hasPlainName({ alias }: FieldNode): boolean {
  return alias === undefined || /^[A-Za-z][A-Za-z0-9]*$/.test(alias.value);
}

function fieldOf(type: GraphQLNamedType, name: string): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}
