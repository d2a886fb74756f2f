import { GraphQLError, GraphQLScalarType, Kind, print, type ValueNode } from 'graphql';

const range = 'from -9007199254740991 to 9007199254740991';

export const Points = new GraphQLScalarType<number, number>({
  name: 'Points',
  description:
    `A whole number of points ${range}, a JSON number as JSON reads it. ` +
    'Strings, fractions and numbers outside are refused. 1e3 and 1000.0 are read as 1000.',
  parseValue: (value) => parsePoints(value, value),
  parseLiteral: parsePointsLiteral,
  serialize: (value) => parsePoints(value, value),
});

function parsePointsLiteral(node: ValueNode): number {
  const isNumber = node.kind === Kind.INT || node.kind === Kind.FLOAT;
  return parsePoints(isNumber ? Number(node.value) : null, print(node), node);
}

/** Zero is added so that the -0 that JSON knows becomes 0. */
function parsePoints(value: unknown, shown: unknown, node?: ValueNode): number {
  if (Number.isSafeInteger(value)) return (value as number) + 0;
  throw new GraphQLError(describeFault(value, shown), { nodes: node });
}

function describeFault(value: unknown, shown: unknown): string {
  const right = `Points is a whole number ${range}`;
  if (typeof value !== 'number') return `${right}, written as a JSON number without quotes.`;
  if (!Number.isInteger(value) && Number.isFinite(value)) {
    return `${right}; ${shown} has a fraction.`;
  }
  return `${right}; ${shown} is outside.`;
}
