import {
  GraphQLError,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { hasScope, type Principal, reaches } from '../../auth/principal';
import type { Scope } from '../../auth/scopes';
import type { TopLevelErrorCode } from '../../error-codes';
import { principalOf } from './principal-of';
import { type RootRule, ruleOf } from './rule';

type Resolver = GraphQLFieldResolver<unknown, unknown>;
type Field = GraphQLField<unknown, unknown>;

/**
 * Makes every root field check its rule before anything else, also before its cursors are read.
 * All ways to execute an operation, compiled ones included, call these resolvers.
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
  const declared = ruleOf(field);
  const rule = declared?.kind === 'root' ? declared : null;
  return (root, args, context, info) => {
    const principal = principalOf(context);
    if (principal !== null) {
      const refusal = refusalOf(principal, rule, args, info);
      if (refusal !== null) return Promise.reject(refusal);
    }
    return resolve(root, args, context, info);
  };
}

function refusalOf(
  principal: Principal,
  rule: RootRule | null,
  args: unknown,
  info: Parameters<Resolver>[3],
): GraphQLError | null {
  if (rule === null) return forbidden('Keys and tokens may not use this field.');
  const needed = [...rule.scopes, ...(rule.scopesOf?.(info) ?? [])];
  const missing = needed.find((scope) => !hasScope(principal, scope));
  if (missing !== undefined) {
    return missingScope(missing);
  }
  return isWithinBinding(principal, rule, args) ? null : forbidden(outside);
}

function isWithinBinding(principal: Principal, rule: RootRule, args: unknown): boolean {
  const { binding } = principal;
  if (binding === null) return true;
  if (rule.lists && binding.kind === 'account') return false;
  for (const accountId of rule.accounts(args as never)) {
    if (!reaches(principal, accountId)) return false;
  }
  return true;
}

/** The same for every account: it does not show which of them exist. */
const outside = 'The key or token does not reach this account.';

/** Returns the error of a principal that lacks a scope. */
export function missingScope(scope: Scope): GraphQLError {
  return forbidden(`The key or token may not do this: it lacks the scope ${scope}.`);
}

function forbidden(message: string): GraphQLError {
  const code = 'FORBIDDEN' satisfies TopLevelErrorCode;
  return new GraphQLError(message, { extensions: { code } });
}
