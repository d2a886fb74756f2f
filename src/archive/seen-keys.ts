import { createHash } from 'node:crypto';
import { Occurrences } from '../import/occurrences';

/**
 * The idempotency keys of one account's entries. Takes 21 to 43 bytes a key, whatever its length;
 * that two different keys are taken for one is as likely as that two hashes share 96 bits.
 */
export class SeenKeys {
  private readonly hashes = new Occurrences();

  /** Notes a key; true if it was seen before. */
  isSecond(key: string): boolean {
    const hash = createHash('sha256').update(key).digest();
    return this.hashes.add(hash.readUInt32BE(0), hash.readUInt32BE(4), hash.readUInt32BE(8)) > 1;
  }
}
