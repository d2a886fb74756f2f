import { createHash, type Hash, hash } from 'node:crypto';
import { canonicalForm, formatOf } from '../ledger/canonical-form';
import type { Entry } from '../ledger/entry';

/** What stands for the digest of the entry before the first one of a chain. */
const start = '0'.repeat(64);

/**
 * Returns the digest of an entry in format 2: the SHA-256 over the previous digest, a line break
 * and the canonical form, in lower-case hex.
 * @param previous the digest of the entry before it; null if that one has none, or there is none.
 */
export function digestOf(entry: Entry, previous: string | null): string {
  return hash('sha256', `${previous ?? start}\n${canonicalForm(entry, 2)}`);
}

/**
 * Gives decided entries their digests, in place: the same objects are in the results and among the
 * keyed entries. Call it when the entries are final, and before anybody else receives them.
 * @param previous the digest of the entry that they follow, read from the entry's row or made here.
 */
export function seal(entries: readonly Entry[], previous: string | null): void {
  let last = previous;
  for (const entry of entries) {
    last = digestOf(entry, last);
    (entry as { digest: string | null }).digest = last;
  }
}

/** The SHA-256 over the canonical forms of entries, each followed by a line break. */
export class DigestOfAll {
  private readonly sum: Hash = createHash('sha256');

  add(entry: Entry): void {
    this.sum.update(`${canonicalForm(entry, formatOf(entry))}\n`);
  }

  /** Returns it in lower-case hex. Nothing can be added after it. */
  end(): string {
    return this.sum.digest('hex');
  }
}
