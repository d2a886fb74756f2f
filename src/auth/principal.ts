import { textProblem } from '../ledger/text';
import { type Binding, includesAccount } from './binding';
import { grants, type Scope } from './scopes';

/** Who sends a request, and what it may do. It holds no secret. */
export interface Principal {
  /** The name of the key or the subject of the token: the actor of the entries that it makes. */
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  /** Null if it reaches every account. */
  readonly binding: Binding | null;
}

/** True if the principal has the scope, or one that includes it. */
export function hasScope({ scopes }: Principal, scope: Scope): boolean {
  return grants(scopes, scope);
}

/**
 * True if the principal reaches the account.
 * @param accountId null for an id that names no account: it is outside every binding.
 */
export function reaches({ binding }: Principal, accountId: string | null): boolean {
  if (binding === null) return true;
  return accountId !== null && includesAccount(binding, accountId);
}

/**
 * Returns why there can be no such principal, as a sentence, or null. A principal bound to one
 * account is the app of a member, which could grant itself points.
 */
export function principalProblem({ name, scopes, binding }: Principal): string | null {
  const problem = textProblem(name);
  if (problem !== null) return `The name ${problem}.`;
  if (binding?.kind === 'account' && scopes.has('points:write')) {
    return 'points:write cannot be bound to one account, whose member could then grant points to itself; use points:spend.';
  }
  return null;
}
