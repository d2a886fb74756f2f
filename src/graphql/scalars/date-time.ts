import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { parseInstant } from '../../ledger/instant';

/** The internal value is a number: milliseconds since 1970 UTC. */
export const DateTime = new GraphQLScalarType<number, string>({
  name: 'DateTime',
  description:
    'An instant: RFC 3339 with an offset, years 0000 to 9999 also after conversion to UTC. ' +
    'T or a blank between date and time. Digits after the millisecond are cut. Answered in UTC. Leap seconds are refused. ' +
    'Grants within one millisecond are ordered by acceptance. ' +
    'Such as 2020-11-02T14:00:00Z or 2020-11-02T15:00:00.250+01:00. ' +
    'In TypeScript it is string; GraphQL Code Generator needs the setting ' +
    'scalars: { DateTime: string }, without which it is unknown or any.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  parseValue: (value) => parseDateTime(value),
  parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : null, node),
  serialize: (value) => new Date(value as number).toISOString(),
});

function parseDateTime(text: unknown, node?: ValueNode): number {
  const instant = typeof text === 'string' ? parseInstant(text) : 'it is not a string';
  if (typeof instant === 'number') return instant;
  throw new GraphQLError(
    `DateTime is a string as in RFC 3339, such as "2020-11-02T14:00:00Z"; ${instant}.`,
    { nodes: node },
  );
}
