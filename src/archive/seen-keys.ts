import { createHash } from 'node:crypto';
import { Occurrences } from '../import/occurrences';

/**
 * The idempotency keys of one account's entries. Takes 21 to 43 bytes per key, whatever its length.
 * Two different keys count as one only if their hashes share 96 bits.
 */
export class SeenKeys {
  private readonly hashes = new Occurrences();

  /** Adds a key. Returns true if it was added before. */
  isSecond(key: string): boolean {
    const hash = createHash('sha256').update(key).digest();
    return this.hashes.add(hash.readUInt32BE(0), hash.readUInt32BE(4), hash.readUInt32BE(8)) > 1;
  }
}
