import { sha256 } from '@noble/hashes/sha2';

/** How many buckets the accounts are divided into. */
export const bucketCount = 1_024;

/** The header by which a load balancer sends all requests of one account to one server. */
export const bucketHeader = 'x-ledger-bucket';

const encoder = new TextEncoder();

/**
 * Returns the bucket of an account, 0 to 1,023: the first four bytes of the SHA-256 of its id in
 * UTF-8, as an unsigned big-endian number, modulo 1,024. Takes some microseconds.
 */
export function bucketOf(accountId: string): number {
  const hash = sha256(encoder.encode(accountId));
  return new DataView(hash.buffer, hash.byteOffset).getUint32(0) % bucketCount;
}
