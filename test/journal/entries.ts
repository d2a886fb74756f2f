import type { Append, EntryMark } from '../../src/journal/journal';
import type { Entry, LotSpendEntry, TransactionEntry } from '../../src/ledger/entry';

let idCount = 0;

/** Returns an id that is unique in this process and in the store. */
export function freshId(prefix = 'entry'): string {
  idCount += 1;
  return `${prefix}-${process.pid}-${Date.now()}-${idCount}`;
}

export function transaction(
  accountId: string,
  sequence: number,
  change: Partial<TransactionEntry> = {},
): TransactionEntry {
  return {
    kind: 'transaction',
    id: freshId(),
    accountId,
    sequence,
    recordedAt: 1_750_000_000_000 + sequence,
    reference: null,
    idempotencyKey: null,
    digest: null,
    payer: 'DANNON',
    points: 100,
    timestamp: 1_700_000_000_000 + sequence,
    ...change,
  };
}

export function spend(
  accountId: string,
  sequence: number,
  change: Partial<LotSpendEntry> = {},
): LotSpendEntry {
  return {
    kind: 'spend',
    id: freshId(),
    accountId,
    sequence,
    recordedAt: 1_750_000_000_000 + sequence,
    reference: null,
    idempotencyKey: null,
    digest: null,
    points: 5,
    allocations: [{ timestamp: 1_700_000_000_001, sequence: 1, payer: 'DANNON', points: 5 }],
    ...change,
  };
}

/** Makes transactions with the sequences `from` to `to`. */
export function run(accountId: string, from: number, to: number): TransactionEntry[] {
  return Array.from({ length: to - from + 1 }, (_, index) => transaction(accountId, from + index));
}

export function markOf({ sequence, id }: Entry): EntryMark {
  return { sequence, id };
}

/** Makes an append of the first entries of an account. */
export function beginning(...entries: Entry[]): Append {
  return { accountId: entries[0].accountId, after: null, entries };
}

/** Makes an append of entries after another one. */
export function following(predecessor: Entry, ...entries: Entry[]): Append {
  return { accountId: predecessor.accountId, after: markOf(predecessor), entries };
}

export async function* partsOf(...parts: string[]): AsyncGenerator<string> {
  yield* parts;
}
