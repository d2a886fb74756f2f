import type { KeyRecord } from './key-record';
import type { StoredKeys } from './read-keys';

/** Where keys are stored, beside the ledger. Servers read it while commands change it. */
export interface KeyStore {
  /** Returns all keys, revoked and expired ones included. Rejects if the store does not respond. */
  read(): Promise<StoredKeys>;
  /** Returns false, and changes nothing, if there is a key of this name. */
  create(record: KeyRecord): Promise<boolean>;
  /** Revokes a key. Returns false if there is no key of this name that is not yet revoked. */
  revoke(name: string, at: number): Promise<boolean>;
  close(): Promise<void>;
}
