import { GraphQLError, GraphQLID, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { truncated } from '../truncated';
import { NumberText } from './number-text';

/**
 * GraphQL's own ID, except that numbers which a double may have rounded are refused:
 * 9007199254740993 would become the id of another account.
 */
export const ID = new GraphQLScalarType<string, string>({
  name: 'ID',
  description:
    'The `ID` scalar type represents a unique identifier, often used to refetch an object or as ' +
    'key for a cache. It appears in a JSON response as a String. As an input it is a string, or a ' +
    'whole number from -9007199254740991 to 9007199254740991: larger JSON numbers are rounded by ' +
    'many programs and are refused. A whole number in a document keeps its digits.',
  parseValue: parseId,
  parseLiteral: parseIdLiteral,
  serialize: GraphQLID.serialize,
});

function parseId(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Number.isSafeInteger(value)) return String(value);
  if (typeof value !== 'number' && !(value instanceof NumberText))
    return GraphQLID.parseValue(value);
  const shown = truncated(value instanceof NumberText ? value.text : String(value));
  throw new GraphQLError(
    `ID cannot represent the number ${shown}: an id is a string, or a whole number from ` +
      `${Number.MIN_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}. Write it as a string.`,
  );
}

/** Keeps all digits: a number in a document is text. */
function parseIdLiteral(node: ValueNode): string {
  if (node.kind === Kind.INT) return node.value;
  return GraphQLID.parseLiteral(node);
}
