import type { GraphQLSchema } from 'graphql';

/** Returns the names of all queries, mutations and subscriptions. */
export function rootFields(schema: GraphQLSchema): string[] {
  const types = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return types.flatMap((type) => Object.keys(type!.getFields()));
}
