import type { Entry } from '../../ledger/entry';
import { expiriesOf } from '../../ledger/target';
import type { Append, AppendResult } from '../journal';
import type { AccountHistory } from './history';

/** Appends to one account, all entries or none. O(entries). */
export function appendToHistory(history: AccountHistory, { after, entries }: Append): AppendResult {
  const last = history.entries.at(-1);
  const follows = last?.sequence === after?.sequence && last?.id === after?.id;
  const keys = entries.flatMap(({ idempotencyKey }) => idempotencyKey ?? []);
  const isFresh = new Set(keys).size === keys.length && !keys.some((key) => history.keyed.has(key));
  if (!follows || !isFresh) return 'conflict';
  for (const entry of entries) store(history, entry);
  return 'appended';
}

function store({ entries, keyed, naming, lapsed }: AccountHistory, entry: Entry): void {
  entries.push(entry);
  if (entry.idempotencyKey !== null) keyed.set(entry.idempotencyKey, entry);
  for (const { sequence, totals } of expiriesOf(entry)) lapsed.set(sequence, totals);
  if (!('target' in entry)) return;
  const known = naming.get(entry.target);
  if (known === undefined) naming.set(entry.target, [entry]);
  else known.push(entry);
}
