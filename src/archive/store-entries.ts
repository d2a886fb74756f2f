import type { JournalReader } from '../journal/journal-reader';
import type { Entry } from '../ledger/entry';

/** The most entries in memory. */
export const pageSize = 1_000;

/** Returns whether the store holds an entry of the account. */
export async function hasEntries(reader: JournalReader, accountId: string): Promise<boolean> {
  const range = { accountId, from: 1, to: Number.MAX_SAFE_INTEGER } as const;
  return (await reader.entries({ ...range, order: 'ascending', limit: 1 })).length > 0;
}

/**
 * Yields the entries of a store, page by page: accounts by code point, each account's by sequence.
 * Of an account that changes meanwhile, yields all entries up to some moment.
 * @param only the accounts to read, by code point; null for all.
 */
export async function* storeEntries(
  reader: JournalReader,
  only: readonly string[] | null,
): AsyncGenerator<Entry[]> {
  if (only !== null) {
    for (const accountId of only) yield* accountEntries(reader, accountId);
    return;
  }
  let accountId = await reader.nextAccount(null);
  while (accountId !== null) {
    yield* accountEntries(reader, accountId);
    accountId = await reader.nextAccount(accountId);
  }
}

async function* accountEntries(reader: JournalReader, accountId: string): AsyncGenerator<Entry[]> {
  let from = 1;
  for (;;) {
    const entries = await reader.entries({
      accountId,
      from,
      to: Number.MAX_SAFE_INTEGER,
      order: 'ascending',
      limit: pageSize,
    });
    if (entries.length > 0) yield entries;
    if (entries.length < pageSize) return;
    from = entries[entries.length - 1].sequence + 1;
  }
}
