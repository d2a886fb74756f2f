import { createHash, type Hash, hash } from 'node:crypto';
import { formatOf, writeForm } from '../ledger/canonical-form';
import type { Entry } from '../ledger/entry';
import { Utf8Form } from './utf8-form';

/** What stands for the digest of the entry before the first one of a chain. */
const start = '0'.repeat(64);

/** Holds one form at a time, until it is hashed. */
const writer = new Utf8Form();

/**
 * Returns the digest of an entry in format 2: the SHA-256 over the previous digest, a line break
 * and the canonical form, in lower-case hex.
 * @param previous the digest of the entry before it; null if that one has none, or there is none.
 */
export function digestOf(entry: Entry, previous: string | null): string {
  writer.clear();
  writer.word(previous ?? start);
  writeForm(entry, 2, writer);
  return hash('sha256', writer.joined());
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
    writer.clear();
    writeForm(entry, formatOf(entry), writer);
    this.sum.update(writer.written());
  }

  /** Returns it in lower-case hex. Nothing can be added after it. */
  end(): string {
    return this.sum.digest('hex');
  }
}
