import { digestOf } from '../digest/entry-digest';
import { compareCodePoints } from '../journal/code-point-order';
import type { EntryPlace, Journal } from '../journal/journal';
import type { Entry } from '../ledger/entry';
import { batchesOf } from './export-batches';
import type { ExportStep } from './read-export';
import { retryStore } from './retry-store';

const accountsPerPage = 1_000;

/** How much of an export a store holds. */
export interface StoredPart {
  /** How many of the export's entries are stored. */
  readonly entries: number;
  /** How many of its first entries are stored, up to the first one that is not. */
  readonly leading: number;
}

/** A store holds something that an export lacks, or not the same. */
export class OtherEntries extends Error {
  override readonly name = 'OtherEntries';
}

/**
 * Compares a store with an export, and changes nothing. Reads the export up to the last account of
 * the store, and all entries of the store: one round trip per batch, with one batch in memory.
 * @throws OtherEntries unless every account of the store is in the export, and its entries are the
 *   first ones that the export has of it.
 */
export async function storedPart(
  journal: Journal,
  steps: AsyncIterable<ExportStep>,
  onProgress: (entries: number, bytes: number) => void,
): Promise<StoredPart> {
  const comparison = new Comparison(journal);
  for await (const { entries, bytes } of batchesOf(steps)) {
    if (!(await comparison.take(entries))) break;
    onProgress(comparison.part.entries, bytes);
  }
  await comparison.end();
  return comparison.part;
}

class Comparison {
  private readonly accounts: AccountCursor;
  private last: Entry | null = null;
  /** True if an entry of the present account is missing: those after it must be missing too. */
  private isMissing = false;
  private isLeading = true;
  private counts = { entries: 0, leading: 0 };

  constructor(private readonly journal: Journal) {
    this.accounts = new AccountCursor(journal);
  }

  get part(): StoredPart {
    return this.counts;
  }

  /** Compares a batch. Returns false if the store holds no account from here on. */
  async take(entries: readonly Entry[]): Promise<boolean> {
    const expected = await this.withEnds(entries);
    const found = await this.read(expected);
    for (const [at, each] of expected.entries()) this.compare(each, found[at]!);
    return !(await this.accounts.isPast(this.last!.accountId));
  }

  /** Compares what no batch has shown: whether the store holds more. */
  async end(): Promise<void> {
    const { last } = this;
    const next = await this.accounts.next();
    if (next !== null) throw accountMissing(next);
    if (last === null || !this.accounts.isCurrent(last.accountId)) return;
    const [found] = await this.read([afterLast(last)]);
    this.compare(afterLast(last), found!);
  }

  /** Inserts the place after each account's last entry, where the store must hold nothing. */
  private async withEnds(entries: readonly Entry[]): Promise<(Entry | End)[]> {
    const expected: (Entry | End)[] = [];
    for (const entry of entries) {
      if (this.last?.accountId !== entry.accountId) {
        if (this.last !== null) expected.push(afterLast(this.last));
        await this.accounts.moveTo(entry.accountId);
      }
      expected.push(entry);
      this.last = entry;
    }
    return expected;
  }

  private read(places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    return retryStore(() => this.journal.entriesAt(places));
  }

  private compare(expected: Entry | End, found: Entry | null): void {
    if (found !== null && 'isEnd' in expected) {
      throw new OtherEntries(`${nameOf(found)} is not in the export`);
    }
    if ('isEnd' in expected) {
      this.isMissing = false;
      return;
    }
    if (found === null) {
      this.isMissing = true;
      this.isLeading = false;
      return;
    }
    if (this.isMissing) throw new OtherEntries(`${nameOf(found)} follows one that is missing`);
    if (!areSame(expected, found)) {
      throw new OtherEntries(`${nameOf(found)} is another one in the export`);
    }
    this.counts.entries += 1;
    if (this.isLeading) this.counts.leading += 1;
  }
}

/** The place after the last entry of an account in the export. */
interface End extends EntryPlace {
  readonly isEnd: true;
}

function afterLast({ accountId, sequence }: Entry): End {
  return { accountId, sequence: sequence + 1, isEnd: true };
}

/** Walks over the accounts of a store, by code point, in step with those of an export. */
class AccountCursor {
  private page: readonly string[] = [];
  private at = 0;
  private isLastPage = false;
  /** The last account that both have. */
  private current: string | null = null;

  constructor(private readonly journal: Journal) {}

  /** @throws OtherEntries if the store holds an account before this one that was not moved to. */
  async moveTo(accountId: string): Promise<void> {
    const next = await this.next();
    if (next === null) return;
    const order = compareCodePoints(next, accountId);
    if (order < 0) throw accountMissing(next);
    if (order > 0) return;
    this.current = next;
    this.at += 1;
  }

  isCurrent(accountId: string): boolean {
    return this.current === accountId;
  }

  /** True if the store holds neither this account nor a later one. */
  async isPast(accountId: string): Promise<boolean> {
    return !this.isCurrent(accountId) && (await this.next()) === null;
  }

  /** Returns the store's next account, null if there is none. */
  async next(): Promise<string | null> {
    if (this.at === this.page.length && !this.isLastPage) await this.readPage();
    return this.page[this.at] ?? null;
  }

  private async readPage(): Promise<void> {
    const range = { before: null, order: 'ascending', limit: accountsPerPage } as const;
    const after = this.page.at(-1) ?? null;
    this.page = await retryStore(() => this.journal.accounts({ ...range, after }));
    this.at = 0;
    this.isLastPage = this.page.length < accountsPerPage;
  }
}

/** True if two entries of one place have the same values, and the same digest or none. */
function areSame(left: Entry, right: Entry): boolean {
  return left.digest === right.digest && digestOf(left, null) === digestOf(right, null);
}

function accountMissing(accountId: string): OtherEntries {
  return new OtherEntries(`account ${JSON.stringify(accountId)} is not in the export`);
}

function nameOf({ accountId, sequence }: Entry): string {
  return `entry ${sequence} of account ${JSON.stringify(accountId)}`;
}
