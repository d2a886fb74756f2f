import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

/**
 * The reference: the first example in the documentation of Apollo Server, adding a number in
 * memory.
 */
const typeDefs = `#graphql
  type Query {
    total: Int!
  }
  type Mutation {
    add(points: Int!): Int!
  }
`;

let total = 0;

const resolvers = {
  Query: { total: () => total },
  Mutation: {
    add(_root: unknown, { points }: { points: number }) {
      total = (total + points) | 0;
      return total;
    },
  },
};

void main();

async function main(): Promise<void> {
  const server = new ApolloServer({ typeDefs, resolvers });
  await startStandaloneServer(server, { listen: { port: Number(process.env.PORT) } });
  process.send!('ready');
}
