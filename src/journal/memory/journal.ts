import type { Entry } from '../../ledger/entry';
import { checkShape } from '../append-shape';
import { compareCodePoints } from '../code-point-order';
import type {
  AccountRange,
  Append,
  AppendResult,
  CatchUp,
  CaughtUp,
  DuePlace,
  DueRange,
  EntryPlace,
  EntryRange,
  Journal,
  SnapshotHead,
  SnapshotMark,
  SweepState,
} from '../journal';
import { SweepLease } from '../sweep-lease';
import { appendToHistory } from './append';
import { catchUpFrom } from './catch-up';
import { dueInRange } from './due';
import { AccountHistories } from './history';
import { accountsInRange, entriesInRange } from './read';
import { readSnapshotPart, storeSnapshot } from './snapshot';

/**
 * A journal that is lost when the process ends: for trying the program out, for tests, and as the
 * model that other journals are compared with. Appending is O(entries); a page of accounts sorts
 * the accounts that are new since the last page. `close` does nothing, so that a test can pass the
 * same journal to one service after another, or to several at once (`shared`).
 */
export class MemoryJournal implements Journal {
  readonly shared: boolean;
  private readonly histories = new AccountHistories();
  private readonly lease = new SweepLease();
  private mark: number | null = null;
  private acceptances = 0;
  private sortedIds: string[] = [];
  private newIds: string[] = [];

  constructor({ shared = false }: { readonly shared?: boolean } = {}) {
    this.shared = shared;
  }

  async catchUp(requests: readonly CatchUp[], entriesMax: number): Promise<CaughtUp[]> {
    return requests.map((request) =>
      catchUpFrom(this.histories.get(request.accountId), request, entriesMax),
    );
  }

  async append(appends: readonly Append[]): Promise<AppendResult[]> {
    for (const append of appends) checkShape(append);
    return appends.map((append) => this.appendTo(append));
  }

  async confirm(entries: readonly Entry[]): Promise<boolean[]> {
    const ids = await this.idsAt(entries);
    return entries.map(({ id }, index) => ids[index] === id);
  }

  async entries(range: EntryRange): Promise<Entry[]> {
    return entriesInRange(this.histories.get(range.accountId)?.entries ?? [], range);
  }

  async entriesAt(places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    return places.map(
      ({ accountId, sequence }) => this.histories.get(accountId)?.entries[sequence - 1] ?? null,
    );
  }

  async newestNaming(places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    return places.map(
      ({ accountId, sequence }) =>
        this.histories.get(accountId)?.naming.get(sequence)?.at(-1) ?? null,
    );
  }

  async due(range: DueRange): Promise<DuePlace[]> {
    return dueInRange(this.histories.all(), range);
  }

  async leaseSweep(holder: string, forMs: number): Promise<SweepState | null> {
    return this.lease.acquire(holder, forMs) ? { mark: this.mark } : null;
  }

  async saveSweepMark(holder: string, mark: number): Promise<void> {
    if (this.lease.isHeldBy(holder)) this.mark = mark;
  }

  async acceptClock(): Promise<void> {
    this.acceptances += 1;
  }

  async clockAcceptances(): Promise<number> {
    return this.acceptances;
  }

  async idsAt(places: readonly EntryPlace[]): Promise<(string | null)[]> {
    const entries = await this.entriesAt(places);
    return entries.map((entry) => entry?.id ?? null);
  }

  async accounts(range: AccountRange): Promise<string[]> {
    return accountsInRange(this.idsInOrder(), range);
  }

  async saveSnapshot(snapshot: SnapshotMark, parts: AsyncIterable<string>): Promise<void> {
    await storeSnapshot(this.histories, snapshot, parts);
  }

  async snapshotPart(head: SnapshotHead, part: number): Promise<string | null> {
    return readSnapshotPart(this.histories, head, part);
  }

  async check(): Promise<void> {}

  async tryWrite(): Promise<void> {}

  async close(): Promise<void> {}

  private appendTo(append: Append): AppendResult {
    const result = appendToHistory(this.histories.getOrCreate(append.accountId), append);
    if (result === 'appended' && append.after === null) this.newIds.push(append.accountId);
    return result;
  }

  private idsInOrder(): readonly string[] {
    if (this.newIds.length > 0) {
      this.sortedIds = [...this.sortedIds, ...this.newIds].sort(compareCodePoints);
      this.newIds = [];
    }
    return this.sortedIds;
  }
}
