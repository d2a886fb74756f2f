import type { Append, AppendResult } from '../journal';
import type { AccountHistory } from './history';

/** Appends to one account, all entries or none. O(entries). */
export function appendToHistory(history: AccountHistory, { after, entries }: Append): AppendResult {
  const last = history.entries.at(-1);
  const follows = last?.sequence === after?.sequence && last?.id === after?.id;
  const keys = entries.flatMap(({ idempotencyKey }) => idempotencyKey ?? []);
  const isFresh = new Set(keys).size === keys.length && !keys.some((key) => history.keyed.has(key));
  if (!follows || !isFresh) return 'conflict';
  for (const entry of entries) {
    history.entries.push(entry);
    if (entry.idempotencyKey !== null) history.keyed.set(entry.idempotencyKey, entry);
  }
  return 'appended';
}
