import Fastify from 'fastify';
import mercurius from 'mercurius';

/** A second reference: the same API as the Apollo standalone server, by Mercurius with its JIT. */
const schema = `
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
  const server = Fastify();
  // Compiles an operation at its first execution.
  await server.register(mercurius, { schema, resolvers, jit: 1 });
  await server.listen({ port: Number(process.env.PORT) });
  process.send!('ready');
}
