import { DigestOfAll } from '../digest/entry-digest';
import type { Entry } from '../ledger/entry';
import type { ExportStep } from './read-export';

/** What a file says of one account: its last entry when the file was written. */
export interface KnownEnd {
  readonly accountId: string;
  readonly sequence: number;
  /** The digest of that entry; null if it has format 1. */
  readonly digest: string | null;
  /**
   * The SHA-256 over the canonical forms of all entries up to it; null if the file has only ends.
   */
  readonly all: string | null;
}

/** Yields the end of each account of an export, in the order of the accounts. */
export async function* endsOfExport(steps: AsyncIterable<ExportStep>): AsyncGenerator<KnownEnd> {
  let last: Entry | null = null;
  let all = new DigestOfAll();
  for await (const { entries } of steps) {
    for (const entry of entries) {
      if (last !== null && last.accountId !== entry.accountId) {
        yield endOf(last, all);
        all = new DigestOfAll();
      }
      all.add(entry);
      last = entry;
    }
  }
  if (last !== null) yield endOf(last, all);
}

function endOf({ accountId, sequence, digest }: Entry, all: DigestOfAll): KnownEnd {
  return { accountId, sequence, digest, all: all.end() };
}
