import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { isWholeDecimal } from '../../ledger/decimal';
import { truncated } from '../truncated';
import { NumberText, readNumber } from './number-text';

const range = 'from -9007199254740991 to 9007199254740991';

export const Points = new GraphQLScalarType<number, number>({
  name: 'Points',
  description:
    `A whole number of points ${range}, a JSON number that is whole as it is written (1000.0 and ` +
    '1e3 are). Strings, fractions and numbers outside are refused. 0.99999999999999999999 is a ' +
    'fraction, although a double rounds it to 1. In TypeScript it is number; GraphQL Code ' +
    'Generator needs the setting scalars: { Points: number }, without which it is unknown or any.',
  parseValue: (value) => parsePoints(value),
  parseLiteral: parsePointsLiteral,
  serialize: (value) => parsePoints(value),
});

function parsePointsLiteral(node: ValueNode): number {
  const isNumber = node.kind === Kind.INT || node.kind === Kind.FLOAT;
  return parsePoints(isNumber ? readNumber(node.value) : null, node);
}

/** Adds zero so that -0, which JSON allows, becomes 0. */
function parsePoints(value: unknown, node?: ValueNode): number {
  if (Number.isSafeInteger(value)) return (value as number) + 0;
  throw new GraphQLError(describeProblem(value, node), { nodes: node });
}

function describeProblem(value: unknown, node?: ValueNode): string {
  const right = `Points is a whole number ${range}`;
  const isText = value instanceof NumberText;
  if (!isText && typeof value !== 'number') {
    return `${right}, written as a JSON number without quotes.`;
  }
  const text = isText ? value.text : String(value);
  const isWhole = isText ? isWholeDecimal(text) : isWholeDouble(value);
  const shown = truncated(node !== undefined && 'value' in node ? String(node.value) : text);
  return isWhole ? `${right}; ${shown} is outside.` : `${right}; ${shown} has a fraction.`;
}

function isWholeDouble(value: number): boolean {
  return Number.isInteger(value) || !Number.isFinite(value);
}
