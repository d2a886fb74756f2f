import { buildSchema, GraphQLError, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';

/**
 * Just enough of a schema to meet every way in which the HTTP layer answers; it holds no ledger.
 */
const text = `
  type Query {
    greeting(name: ID! = "world"): String
    fault: String
    strictFault: String!
    overloaded: String
    odd: String
    accounts(first: Int, after: String, last: Int, before: String): AccountConnection!
    account(id: ID! = "default"): Account
  }
  type Mutation {
    increment(input: IncrementInput!): Int
    bulk(input: BulkInput!): BulkPayload
  }
  input IncrementInput { by: Int! note: String }
  input BulkInput { rows: [IncrementInput!]! }
  type BulkPayload { results: [BulkResult!]! }
  type BulkResult { account: Account }
  type AccountConnection { edges: [AccountEdge!]! nodes: [Account!]! pageInfo: PageInfo! }
  type AccountEdge { cursor: String! node: Account! }
  type Account {
    id: ID!
    lots(first: Int, after: String, last: Int, before: String): LotConnection!
    parent: Account
  }
  type LotConnection { nodes: [Lot!]! pageInfo: PageInfo! }
  type Lot { remaining: Int! payer: String! account: Account! }
  type PageInfo { hasNextPage: Boolean! }
`;

export const faultDetail = 'the disk of host secret-7 is gone';

export function stubSchema(): GraphQLSchema {
  const schema = buildSchema(text);
  let sum = 0;
  const resolve = (type: string, field: string, resolver: GraphQLFieldResolver<object, object>) => {
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
  resolve('Query', 'accounts', () => ({ nodes: [], edges: [], pageInfo: { hasNextPage: false } }));
  resolve('Query', 'account', () => null);
  resolve('Mutation', 'increment', (_root, { input }) => {
    sum += input.by;
    return sum;
  });
  resolve('Mutation', 'bulk', () => ({ results: [] }));
  return schema;
}
