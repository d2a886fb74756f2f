import type { GraphQLField, GraphQLFieldResolver, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { principalOf } from './principal-of';
import { forbidden, refusalOf } from './refusal';

type Resolver = GraphQLFieldResolver<unknown, unknown>;
type Field = GraphQLField<unknown, unknown>;

/**
 * Makes every root field check its rule before anything else, also before its cursors are read. A
 * server has checked the whole operation before it executes one (`forbiddenFields`), so this
 * refuses only what a program executes with graphql-js itself, or what a fault in that check let
 * through.
 */
export function enforceAccess(schema: GraphQLSchema): void {
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of fieldsOf(root)) field.resolve = checked(field, field.resolve);
  }
  for (const field of fieldsOf(schema.getSubscriptionType())) {
    field.subscribe = checked(field, field.subscribe);
  }
}

function fieldsOf(type: GraphQLObjectType | null | undefined): Field[] {
  return Object.values(type?.getFields() ?? {});
}

function checked(field: Field, resolve: Resolver | undefined): Resolver | undefined {
  if (resolve === undefined) return undefined;
  return (root, args, context, info) => {
    const principal = principalOf(context);
    if (principal !== null) {
      const refusal = refusalOf(principal, field, { selected: () => info, args: () => args });
      if (refusal !== null) return Promise.reject(forbidden(refusal));
    }
    return resolve(root, args, context, info);
  };
}
