import {
  coerceInputValue,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isInputType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import { isObject } from '../../is-object';
import type { Variables } from './coercer';

/** The most unknown fields that one response names. */
const unknownFieldsMax = 3;

type Path = readonly (string | number)[];

interface Given {
  readonly definition: VariableDefinitionNode;
  readonly type: GraphQLInputType;
  readonly value: unknown;
}

/**
 * Puts the unknown fields of input objects in variables before the first other error: a misspelled
 * name explains why a required field is missing. graphql-js stops at the first error, which is the
 * missing field. Prints no values, so the cost is that of the walk to the last error that is named.
 *
 * @param errors those with which graphql-js refused the variables.
 */
export function unknownFieldsFirst(
  errors: readonly GraphQLError[],
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
): readonly GraphQLError[] {
  const given = variableDefinitions.flatMap((definition) => givenOf(schema, definition, variables));
  const unknown: GraphQLError[] = [];
  for (const each of given) findUnknown(each, each.type, each.value, [], unknown);
  if (unknown.length === 0) return errors;
  const reasons = new Set(unknown.map(reasonOf));
  const isOther = (error: GraphQLError) => !reasons.has(reasonOf(error));
  const found = firstErrors(given, unknown.length + 2);
  const other = [...errors.slice(0, 1), ...found].find(isOther);
  const named = other === undefined ? unknown : [...unknown, other];
  const missing = variableDefinitions.filter((each) => isMissing(each, variables));
  const count = found.length + missing.length;
  return count > named.length ? [...named, ...errors.slice(1)] : named;
}

function isMissing(
  { variable, type, defaultValue }: VariableDefinitionNode,
  variables: Variables,
): boolean {
  const isRequired = type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined;
  return isRequired && !Object.hasOwn(variables, variable.name.value);
}

function givenOf(
  schema: GraphQLSchema,
  definition: VariableDefinitionNode,
  variables: Variables,
): Given[] {
  const name = definition.variable.name.value;
  const type = typeFromAST(schema, definition.type as Parameters<typeof typeFromAST>[1]);
  if (!isInputType(type) || !Object.hasOwn(variables, name)) return [];
  return [{ definition, type, value: variables[name] }];
}

/** Adds the unknown fields of a value, in the order in which graphql-js finds them. */
function findUnknown(
  given: Given,
  type: GraphQLInputType,
  value: unknown,
  path: Path,
  unknown: GraphQLError[],
): void {
  const inner = getNullableType(type);
  if (isListType(inner)) {
    const isOne = !Array.isArray(value);
    const items: readonly unknown[] = isOne ? [value] : value;
    for (let at = 0; at < items.length && unknown.length < unknownFieldsMax; at += 1) {
      findUnknown(given, inner.ofType, items[at], isOne ? path : [...path, at], unknown);
    }
    return;
  }
  if (!isInputObjectType(inner) || !isObject(value)) return;
  const fields = inner.getFields();
  for (const [name, field] of Object.entries(fields)) {
    if (value[name] !== undefined) {
      findUnknown(given, field.type, value[name], [...path, name], unknown);
    }
  }
  for (const name in value) {
    if (unknown.length >= unknownFieldsMax) return;
    if (Object.hasOwn(fields, name)) continue;
    const reason = `Field "${name}" is not defined by type "${inner.name}".`;
    unknown.push(described(given, path, new GraphQLError(reason)));
  }
}

/** Returns the first errors of the values that are given, without the values. */
function firstErrors(all: readonly Given[], most: number): GraphQLError[] {
  const found: GraphQLError[] = [];
  const enough = new Error('enough');
  try {
    for (const given of all) {
      const onError = (path: Path, _value: unknown, error: GraphQLError) => {
        found.push(described(given, path, error));
        if (found.length === most) throw enough;
      };
      coerceInputValue(given.value, given.type, onError, true);
    }
  } catch (error) {
    if (error !== enough) throw error;
  }
  return found;
}

/** Words an error as graphql-js does, but for the value. */
function described({ definition }: Given, path: Path, error: GraphQLError): GraphQLError {
  const name = definition.variable.name.value;
  const place = path.length === 0 ? '' : ` at "${name}${path.map(step).join('')}"`;
  return new GraphQLError(`Variable "$${name}" got invalid value${place}; ${error.message}`, {
    nodes: definition,
    originalError: error,
  });
}

function step(key: string | number): string {
  return typeof key === 'number' ? `[${key}]` : `.${key}`;
}

function reasonOf({ message, originalError }: GraphQLError): string {
  return originalError?.message ?? message;
}
