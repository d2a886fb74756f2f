import type { Binding } from '../binding';
import type { Principal } from '../principal';
import { type Scope, scopesAmong } from '../scopes';

/** What is stored of a key. Instants are in milliseconds. Records are never removed. */
export interface KeyRecord {
  /** The id in the key's text. */
  readonly id: string;
  /** Unique forever: it is the actor of entries. */
  readonly name: string;
  /** SHA-256 of the key, in hexadecimal. */
  readonly hash: string;
  readonly scopes: readonly Scope[];
  readonly account: string | null;
  readonly prefix: string | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
}

export function principalOfKey({ name, scopes, account, prefix }: KeyRecord): Principal {
  return { name, scopes: scopesAmong(scopes), binding: bindingOf(account, prefix) };
}

function bindingOf(account: string | null, prefix: string | null): Binding | null {
  if (account !== null) return { kind: 'account', id: account };
  return prefix === null ? null : { kind: 'prefix', prefix };
}

type KeyState = 'active' | 'expired' | 'revoked';

export function keyStateAt({ expiresAt, revokedAt }: KeyRecord, now: number): KeyState {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'active';
}
