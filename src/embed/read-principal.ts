import { type Binding, prefixProblem } from '../auth/binding';
import { type Principal, principalProblem } from '../auth/principal';
import { isScope, scopes } from '../auth/scopes';
import { truncated } from '../graphql/truncated';
import { textProblem } from '../ledger/text';
import type { LedgerPrincipal } from './ledger';

const members: readonly string[] = [
  'name',
  'scopes',
  'account',
  'prefix',
] satisfies (keyof LedgerPrincipal)[];

/**
 * Returns the principal, or what is wrong with it, as a sentence. Other members are refused: with a
 * misspelled binding, it would reach every account.
 */
export function readPrincipal(given: LedgerPrincipal): Principal | string {
  const { name, scopes: granted, account = null, prefix = null } = given;
  if (typeof name !== 'string' || !Array.isArray(granted)) {
    return 'principal must have a name, a string, and scopes, a list.';
  }
  const unknown = Object.keys(given).find((member) => !members.includes(member));
  if (unknown !== undefined) {
    return `principal has ${JSON.stringify(truncated(unknown))}; it may have ${members.join(', ')}.`;
  }
  if (!granted.every(isScope)) return `principal.scopes may hold ${scopes.join(', ')}.`;
  const binding = bindingOf(account, prefix);
  if (typeof binding === 'string') return `principal.${binding}`;
  const principal = { name, scopes: new Set(granted), binding };
  const problem = principalProblem(principal);
  return problem === null ? principal : `principal cannot be used. ${problem}`;
}

/** Returns the binding, or the rest of a sentence about the principal. */
function bindingOf(account: unknown, prefix: unknown): Binding | null | string {
  if (account !== null && prefix !== null) return 'account and prefix exclude each other.';
  if (account !== null) {
    const problem = typeof account === 'string' ? textProblem(account) : 'must be a string';
    return problem === null ? { kind: 'account', id: String(account) } : `account ${problem}.`;
  }
  if (prefix === null) return null;
  const problem = typeof prefix === 'string' ? prefixProblem(prefix) : 'must be a string';
  return problem === null ? { kind: 'prefix', prefix: String(prefix) } : `prefix ${problem}.`;
}
