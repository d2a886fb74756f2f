import type { KeyRecord } from '../../src/auth/keys/key-record';
import { keyHashOf, keyIdOf, newKeyText } from '../../src/auth/keys/key-text';

/** A new key as a client has it, and its record. */
export function newKey(name: string, more: Partial<KeyRecord> = {}) {
  const text = newKeyText();
  const record: KeyRecord = {
    id: keyIdOf(text)!,
    name,
    hash: keyHashOf(text),
    scopes: ['points:read'],
    account: null,
    prefix: null,
    createdAt: 1_700_000_000_000,
    expiresAt: null,
    revokedAt: null,
    ...more,
  };
  return { text, record };
}
