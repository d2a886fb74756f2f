import type { Entry } from '../../ledger/entry';
import { invariant } from '../../ledger/invariant';
import { accountBounds } from '../account-bounds';
import { checkShape } from '../append-shape';
import { compareCodePoints } from '../code-point-order';
import {
  type AccountRange,
  type Append,
  type AppendResult,
  type CatchUp,
  type CaughtUp,
  type EntryPlace,
  type EntryRange,
  type Journal,
  type SnapshotHead,
  type SnapshotMark,
} from '../journal';

interface AccountHistory {
  /** The entry of sequence n stands at n − 1. */
  readonly entries: Entry[];
  readonly keyed: Map<string, Entry>;
  snapshot: StoredSnapshot | null;
}

interface StoredSnapshot {
  readonly head: SnapshotHead;
  readonly parts: readonly string[];
}

/**
 * Remembers while the process runs: for trials, for tests, and as the model that other journals are
 * compared with. Appending is O(entries); a page of accounts sorts those that are new since the
 * last page. `close` does nothing, so that a test can hand the same journal to one service after
 * another, or to several at once (`shared`).
 */
export class MemoryJournal implements Journal {
  readonly shared: boolean;
  private readonly histories = new Map<string, AccountHistory>();
  private sortedIds: string[] = [];
  private newIds: string[] = [];

  constructor({ shared = false }: { readonly shared?: boolean } = {}) {
    this.shared = shared;
  }

  async catchUp(requests: readonly CatchUp[], entriesMax: number): Promise<CaughtUp[]> {
    return requests.map((request) => this.caughtUp(request, entriesMax));
  }

  async append(appends: readonly Append[]): Promise<AppendResult[]> {
    for (const append of appends) checkShape(append);
    return appends.map((append) => this.appendTo(append));
  }

  async appendAlone(
    request: CatchUp,
    entriesMax: number,
    decide: (caughtUp: CaughtUp) => Append | null,
  ): Promise<AppendResult | null> {
    const append = decide(this.caughtUp(request, entriesMax));
    if (append === null) return null;
    checkShape(append);
    return this.appendTo(append);
  }

  async confirm(entries: readonly Entry[]): Promise<boolean[]> {
    const standing = await this.entriesAt(entries);
    return entries.map(({ id }, index) => standing[index]?.id === id);
  }

  async entries({ accountId, from, to, order, limit }: EntryRange): Promise<Entry[]> {
    const entries = this.histories.get(accountId)?.entries ?? [];
    const first = Math.max(from, 1) - 1;
    const end = Math.max(0, Math.min(to, entries.length));
    if (order === 'ascending') return entries.slice(first, Math.min(end, first + limit));
    return entries.slice(Math.max(first, end - limit), end).reverse();
  }

  async entriesAt(places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    return places.map(
      ({ accountId, sequence }) => this.histories.get(accountId)?.entries[sequence - 1] ?? null,
    );
  }

  async idsAt(places: readonly EntryPlace[]): Promise<(string | null)[]> {
    const entries = await this.entriesAt(places);
    return entries.map((entry) => entry?.id ?? null);
  }

  async accounts(range: AccountRange): Promise<string[]> {
    const { order, limit } = range;
    const { from, after, before } = accountBounds(range);
    const ids = this.idsInOrder();
    const first = Math.max(
      from === null ? 0 : placeOf(ids, (id) => compareCodePoints(id, from) >= 0),
      after === null ? 0 : placeOf(ids, (id) => compareCodePoints(id, after) > 0),
    );
    const end =
      before === null ? ids.length : placeOf(ids, (id) => compareCodePoints(id, before) >= 0);
    if (order === 'ascending') return ids.slice(first, Math.min(end, first + limit));
    return ids.slice(Math.max(first, end - limit), end).reverse();
  }

  async saveSnapshot(snapshot: SnapshotMark, parts: AsyncIterable<string>): Promise<void> {
    const stored: string[] = [];
    for await (const part of parts) stored.push(part);
    invariant(stored.length > 0, 'a snapshot has a part');
    const history = this.history(snapshot.accountId);
    const present = history.snapshot?.head.entry.sequence ?? 0;
    if (snapshot.entry.sequence < present) return;
    const { accountId, id, entry } = snapshot;
    history.snapshot = { head: { accountId, id, entry, parts: stored.length }, parts: stored };
  }

  async snapshotPart({ accountId, id }: SnapshotHead, part: number): Promise<string | null> {
    const snapshot = this.histories.get(accountId)?.snapshot;
    return snapshot?.head.id === id ? (snapshot.parts[part] ?? null) : null;
  }

  async check(): Promise<void> {}

  async tryWrite(): Promise<void> {}

  async close(): Promise<void> {}

  private caughtUp({ accountId, known, keys }: CatchUp, entriesMax: number): CaughtUp {
    const history = this.histories.get(accountId);
    if (history === undefined) return { snapshot: null, entries: [], more: false, keyed: [] };
    const snapshot = known === null ? (history.snapshot?.head ?? null) : null;
    const first = (known ?? snapshot?.entry)?.sequence ?? 1;
    const end = first - 1 + entriesMax;
    return {
      snapshot,
      entries: history.entries.slice(first - 1, end),
      more: history.entries.length > end,
      keyed: [...new Set(keys)].flatMap((key) => history.keyed.get(key) ?? []),
    };
  }

  private appendTo({ accountId, after, entries }: Append): AppendResult {
    const history = this.history(accountId);
    const last = history.entries.at(-1);
    const follows = last?.sequence === after?.sequence && last?.id === after?.id;
    const keys = entries.flatMap(({ idempotencyKey }) => idempotencyKey ?? []);
    const isFresh =
      new Set(keys).size === keys.length && !keys.some((key) => history.keyed.has(key));
    if (!follows || !isFresh) return 'conflict';
    if (after === null) this.newIds.push(accountId);
    for (const entry of entries) {
      history.entries.push(entry);
      if (entry.idempotencyKey !== null) history.keyed.set(entry.idempotencyKey, entry);
    }
    return 'appended';
  }

  private history(accountId: string): AccountHistory {
    const present = this.histories.get(accountId);
    if (present !== undefined) return present;
    const history: AccountHistory = { entries: [], keyed: new Map(), snapshot: null };
    this.histories.set(accountId, history);
    return history;
  }

  private idsInOrder(): readonly string[] {
    if (this.newIds.length > 0) {
      this.sortedIds = [...this.sortedIds, ...this.newIds].sort(compareCodePoints);
      this.newIds = [];
    }
    return this.sortedIds;
  }
}

/** The first index whose id fulfils a condition that holds for all later ones too. O(log n). */
function placeOf(ids: readonly string[], holds: (id: string) => boolean): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(ids[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
