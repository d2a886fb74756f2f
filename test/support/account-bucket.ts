import { createHash } from 'node:crypto';

const buckets = 1_024;

/** Returns the header that sends the requests of an account to one server. */
export function bucketHeaders(bucket: number): Readonly<Record<string, string>> {
  return { 'x-ledger-bucket': String(bucket) };
}

/** Returns the bucket of an account, computed without the code of the clients. */
export function bucketOf(accountId: string): number {
  return createHash('sha256').update(accountId, 'utf8').digest().readUInt32BE() % buckets;
}
