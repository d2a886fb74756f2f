import { buildSchema, GraphQLError, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import type { LedgerContext } from '../../src/graphql/context';

/**
 * A minimal schema that produces every kind of response of the HTTP layer; it has no ledger.
 */
const text = `
  type Query {
    greeting(name: ID! = "world"): String
    fault: String
    strictFault: String!
    overloaded: String
    odd: String
    rows(count: Int!): [Account!]
    account(id: ID! = "default"): Account
  }
  type Mutation {
    increment(input: IncrementInput!): Int
  }
  input IncrementInput { by: Int! note: String }
  type Account {
    id: ID!
    parent: Account
  }
`;

export const faultDetail = 'the disk of host secret-7 is gone';

export function stubSchema(): GraphQLSchema {
  const schema = buildSchema(text);
  let sum = 0;
  const resolve = (
    type: string,
    field: string,
    resolver: GraphQLFieldResolver<object, LedgerContext>,
  ) => {
    const found = schema.getType(type) as ReturnType<GraphQLSchema['getQueryType']>;
    found!.getFields()[field].resolve = resolver as GraphQLFieldResolver<unknown, unknown>;
  };
  const fault = () => {
    throw new Error(faultDetail);
  };
  resolve('Query', 'greeting', (_root, { name }) => `Hello, ${name}`);
  resolve('Query', 'fault', fault);
  resolve('Query', 'strictFault', fault);
  resolve('Query', 'odd', () => {
    throw new GraphQLError(faultDetail, { extensions: { code: 'SOMETHING_ELSE' } });
  });
  resolve('Query', 'overloaded', () => {
    throw new GraphQLError('Too much waits.', { extensions: { code: 'OVERLOADED' } });
  });
  // Pretends to have that many rows.
  resolve('Query', 'rows', (_root, { count }, { budget }, info) => {
    budget.charge(count, info);
    return [];
  });
  resolve('Query', 'account', () => null);
  resolve('Mutation', 'increment', (_root, { input }) => {
    sum += input.by;
    return sum;
  });
  return schema;
}
