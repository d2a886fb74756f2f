import type { JSONWebKeySet, JWK } from 'jose';
import { shownName } from '../../ledger/shown-name';
import { algorithms, verifies } from './signatures';

/** Members with what only the issuer may know: of RSA, EC and OKP, of others, and of secrets. */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'priv', 'k'];

/**
 * Returns what is wrong with a set of keys that can be read, as the rest of a sentence; null if
 * nothing is. It repeats no part of a key but its id.
 */
export function jwksProblem({ keys }: JSONWebKeySet): string | null {
  for (const [index, key] of keys.entries()) {
    const member = privateMembers.find((name) => Object.hasOwn(key, name));
    if (member !== undefined) return privateProblem(nameOf(key, index), member);
  }
  if (keys.some(verifies)) return null;
  const lack =
    keys.length === 0 ? 'it has no keys' : `no key of it is for ${algorithms.join(', ')}`;
  return `${lack}, so no token could ever be valid; it must have the public keys of the issuer`;
}

function privateProblem(key: string, member: string): string {
  return (
    `its key ${key} has a private part (${JSON.stringify(member)}), with which others could sign ` +
    'tokens; it must have only the public parts of keys'
  );
}

function nameOf({ kid }: JWK, index: number): string {
  return typeof kid === 'string' ? JSON.stringify(shownName(kid)) : `${index + 1}`;
}
