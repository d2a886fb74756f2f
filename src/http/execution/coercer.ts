import {
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from 'graphql';

export type Variables = Readonly<Record<string, unknown>>;

/**
 * Returned in place of a value that graphql-js must refuse or convert, as a single value to a list.
 */
const refused = Symbol('refused');

type Coerce = (value: unknown) => unknown;

/**
 * Returns a function that coerces the variables of an operation as graphql-js does, in a third of
 * its time: it keeps no paths, because it returns null at the first value that may be refused, and
 * graphql-js then finds the error.
 */
export function variablesCoercer(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
): (variables: Variables) => Variables | null {
  const all = definitions.map((definition) => variableOf(schema, definition));
  return (variables) => {
    const coerced: Record<string, unknown> = {};
    for (const { name, type, coerce, definition } of all) {
      if (Object.hasOwn(variables, name)) {
        const value = coerce(variables[name]);
        if (value === refused) return null;
        coerced[name] = value;
      } else if (definition.defaultValue !== undefined) {
        coerced[name] = valueFromAST(definition.defaultValue, type);
      } else if (isNonNullType(type)) return null;
    }
    return coerced;
  };
}

function variableOf(schema: GraphQLSchema, definition: VariableDefinitionNode) {
  const type = typeFromAST(schema, definition.type as Parameters<typeof typeFromAST>[1]);
  if (!isInputType(type)) throw new Error(`A variable is of the type ${type}.`);
  return { name: definition.variable.name.value, definition, type, coerce: coercer(type) };
}

function coercer(type: GraphQLInputType): Coerce {
  if (isNonNullType(type)) {
    const coerce = coercer(type.ofType);
    return (value) => (value == null ? refused : coerce(value));
  }
  const coerce = isListType(type)
    ? listCoercer(coercer(type.ofType))
    : isInputObjectType(type)
      ? objectCoercer(type)
      : leafCoercer(type);
  return (value) => (value == null ? null : coerce(value));
}

function listCoercer(coerce: Coerce): Coerce {
  return (value) => {
    if (!Array.isArray(value)) return refused;
    const items = new Array(value.length);
    for (let index = 0; index < items.length; index += 1) {
      const item = coerce(value[index]);
      if (item === refused) return refused;
      items[index] = item;
    }
    return items;
  };
}

interface InputField {
  readonly name: string;
  readonly isRequired: boolean;
  readonly defaultValue: unknown;
  readonly coerce: Coerce;
}

function objectCoercer(type: GraphQLInputObjectType): Coerce {
  let fields: readonly InputField[] | null = null;
  return (value) => {
    if (!isPlain(value) || type.isOneOf) return refused;
    // Not before the first value, because a type can hold itself.
    fields ??= Object.values(type.getFields()).map(fieldOf);
    const coerced: Record<string, unknown> = {};
    let known = 0;
    for (const { name, isRequired, defaultValue, coerce } of fields) {
      const given = value[name];
      if (given !== undefined) {
        known += 1;
        const field = coerce(given);
        if (field === refused) return refused;
        coerced[name] = field;
      } else if (defaultValue !== undefined) coerced[name] = defaultValue;
      else if (isRequired) return refused;
    }
    return Object.keys(value).length === known ? coerced : refused;
  };
}

function isPlain(value: unknown): value is Variables {
  return typeof value === 'object' && !Array.isArray(value);
}

function fieldOf(field: GraphQLInputField): InputField {
  const { name, defaultValue, type } = field;
  return { name, defaultValue, isRequired: isRequiredInputField(field), coerce: coercer(type) };
}

function leafCoercer(type: GraphQLLeafType): Coerce {
  return (value) => {
    try {
      const parsed = type.parseValue(value);
      return parsed === undefined ? refused : parsed;
    } catch {
      return refused;
    }
  };
}
