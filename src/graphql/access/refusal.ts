import { GraphQLError, type GraphQLErrorOptions, type GraphQLField } from 'graphql';
import { hasScope, type Principal, reaches } from '../../auth/principal';
import type { Scope } from '../../auth/scopes';
import type { TopLevelErrorCode } from '../../error-codes';
import type { Selected } from '../selection';
import { type RootRule, ruleOf } from './rule';

/** The same for every account: it does not show which of them exist. */
const outside = 'The key or token does not reach this account.';

/** How a root field is used. Both are called only if they matter. */
interface Use {
  selected(): Selected;
  /** Returns the arguments as graphql-js coerces them, or null if it refuses them. */
  args(): object | null;
}

/** Returns why a principal may not use a root field, or null. */
export function refusalOf(
  principal: Principal,
  field: GraphQLField<unknown, unknown>,
  use: Use,
): string | null {
  const rule = ruleOf(field);
  if (rule?.kind !== 'root') return 'Keys and tokens may not use this field.';
  const missing =
    missingOf(principal, rule.scopes) ??
    (rule.scopesOf === undefined ? null : missingOf(principal, rule.scopesOf(use.selected())));
  if (missing !== null) return lacking(missing);
  return principal.binding === null || isWithin(principal, rule, use.args()) ? null : outside;
}

function missingOf(principal: Principal, scopes: readonly Scope[]): Scope | null {
  for (const scope of scopes) if (!hasScope(principal, scope)) return scope;
  return null;
}

/** Arguments that are refused name no account. */
function isWithin(principal: Principal, rule: RootRule, args: object | null): boolean {
  if (rule.lists && principal.binding?.kind === 'account') return false;
  if (args === null) return true;
  for (const accountId of rule.accounts(args as never)) {
    if (!reaches(principal, accountId)) return false;
  }
  return true;
}

/** Returns the error of a principal that lacks a scope. */
export function missingScope(scope: Scope): GraphQLError {
  return forbidden(lacking(scope));
}

function lacking(scope: Scope): string {
  return `The key or token may not do this: it lacks the scope ${scope}.`;
}

/** @param place of the field; the executor adds it to errors that it catches. */
export function forbidden(
  message: string,
  place: Pick<GraphQLErrorOptions, 'nodes' | 'path'> = {},
): GraphQLError {
  const code = 'FORBIDDEN' satisfies TopLevelErrorCode;
  return new GraphQLError(message, { ...place, extensions: { code } });
}
