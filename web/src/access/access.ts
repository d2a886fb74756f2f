import type { PrincipalQuery } from '../generated/operations';
import { Store } from '../store/store';

/** What the console may do; null if nobody has to authenticate. */
export type Principal = PrincipalQuery['principal'];

type Access =
  | { readonly phase: 'unknown' }
  /** The server requires a key or token, or refuses the one that it got. */
  | { readonly phase: 'needed' }
  | { readonly phase: 'known'; readonly principal: Principal };

/** What is known of the right to use the server. */
export const access = new Store<Access>({ phase: 'unknown' });

/** Notes that the server refused the key or token, or got none: the page then asks for one. */
export function noteRefused(): void {
  if (access.state.phase !== 'needed') access.set({ phase: 'needed' });
}

type Scope = 'points:read' | 'points:spend' | 'points:write' | 'points:admin';

/**
 * Returns why something may not be done, or null if it may.
 * @param accountId of the account that it is about; null if that is not known.
 */
export function refusalOf(state: Access, scope: Scope, accountId: string | null): string | null {
  const principal = state.phase === 'known' ? state.principal : null;
  if (principal === null) return null;
  const { name, scopes, accountId: only, accountPrefix } = principal;
  const isGranted =
    scopes.includes(scope) || (scope === 'points:spend' && scopes.includes('points:write'));
  if (!isGranted) return `“${name}” may not do this: it lacks the scope ${scope}.`;
  if (accountId === null) return null;
  const isReached = only === null ? accountId.startsWith(accountPrefix ?? '') : only === accountId;
  return isReached ? null : `“${name}” does not reach this account.`;
}

/** Returns why the accounts may not be listed with what is shown of them, or null if they may. */
export function listRefusalOf(state: Access): string | null {
  const refusal = refusalOf(state, 'points:admin', null) ?? refusalOf(state, 'points:read', null);
  const principal = state.phase === 'known' ? state.principal : null;
  if (refusal !== null || principal === null || principal.accountId === null) return refusal;
  return `“${principal.name}” may not do this: it is bound to one account.`;
}
