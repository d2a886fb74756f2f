import type { Entry } from '../../ledger/entry';
import { type Logger, silentLogger } from '../../telemetry/logger';
import { checkShape } from '../append-shape';
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
import { appendToAccounts } from './append';
import { catchUp } from './catch-up';
import { readDue } from './due';
import { listDueDates } from './due-listing';
import { openErrorOf, unavailableIfUnknown } from './errors';
import { canonicalPath } from './file';
import { readAccounts, readEntries, readEntriesAt, readIdsAt, readNewestNaming } from './read';
import { readSnapshotPart, storeSnapshot } from './snapshot';
import { SqliteStore } from './store';
import { readMark, storeMark } from './sweep';

/**
 * A journal in a SQLite file that one server owns, while other programs may read it. A batch is one
 * transaction and one fsync. Calls block the process while SQLite works, for a batch about as long
 * as its fsync. Texts may hold any well-formed Unicode except U+0000, which ends a text in SQLite.
 */
export class SqliteJournal implements Journal {
  readonly shared = false;
  /** In memory: no other process can sweep a file that this one owns. */
  private readonly lease = new SweepLease();

  private constructor(private readonly store: SqliteStore) {}

  /**
   * Opens a ledger's file, or creates it with its folders.
   * @throws OperatorError, with nothing changed, if the file is another program's, newer than
   *   this program, in use by a server, or cannot be written.
   */
  static async open(
    path: string,
    { logger = silentLogger }: { readonly logger?: Logger } = {},
  ): Promise<SqliteJournal> {
    try {
      return new SqliteJournal(await SqliteStore.open(canonicalPath(path), logger));
    } catch (error) {
      throw openErrorOf(error, path);
    }
  }

  /** Runs a pragma on the live connection, for tests, as in `pragma('synchronous')`. */
  pragma(source: string): unknown {
    return this.store.connection.pragma(source);
  }

  get isDamaged(): boolean {
    return this.store.isDamaged;
  }

  async catchUp(requests: readonly CatchUp[], entriesMax: number): Promise<CaughtUp[]> {
    return this.store.read(() => catchUp(this.store.connection, requests, entriesMax));
  }

  async append(appends: readonly Append[]): Promise<AppendResult[]> {
    for (const append of appends) checkShape(append);
    return this.store.append(
      () => appendToAccounts(this.store.connection, appends),
      (results) => appends.find((_append, index) => results[index] === 'appended')?.entries[0],
    );
  }

  async confirm(entries: readonly Entry[]): Promise<boolean[]> {
    const ids = await this.idsAt(entries);
    return entries.map(({ id }, index) => ids[index] === id);
  }

  async entries(range: EntryRange): Promise<Entry[]> {
    return this.store.read(() => readEntries(this.store.connection, range));
  }

  async entriesAt(places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    return this.store.read(() => readEntriesAt(this.store.connection, places));
  }

  async newestNaming(places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    return this.store.read(() => readNewestNaming(this.store.connection, places));
  }

  async idsAt(places: readonly EntryPlace[]): Promise<(string | null)[]> {
    return this.store.read(() => readIdsAt(this.store.connection, places));
  }

  async accounts(range: AccountRange): Promise<string[]> {
    return this.store.read(() => readAccounts(this.store.connection, range));
  }

  async due(range: DueRange): Promise<DuePlace[]> {
    await listDueDates(this.store, (run) => this.writeDerived(run), range.signal);
    return this.store.read(() => readDue(this.store.connection, range));
  }

  async leaseSweep(holder: string, forMs: number): Promise<SweepState | null> {
    if (!this.lease.acquire(holder, forMs)) return null;
    return this.store.read(() => ({ mark: readMark(this.store.connection) }));
  }

  async saveSweepMark(holder: string, mark: number): Promise<void> {
    if (this.lease.isHeldBy(holder))
      this.writeDerived(() => storeMark(this.store.connection, mark));
  }

  async saveSnapshot(snapshot: SnapshotMark, parts: AsyncIterable<string>): Promise<void> {
    await storeSnapshot(this.store.connection, snapshot, parts, (run) => this.writeDerived(run));
  }

  async snapshotPart(head: SnapshotHead, part: number): Promise<string | null> {
    return this.store.read(() => readSnapshotPart(this.store.connection, head, part));
  }

  async check(): Promise<void> {
    this.store.checkForWriting();
    const { connection } = this.store;
    this.store.read(() => connection.statement('SELECT 1 FROM entry LIMIT 1').get());
  }

  async tryWrite(): Promise<void> {
    const { connection } = this.store;
    const version = this.store.read(() => connection.pragma('user_version'));
    // SQLite writes the page of the version also if its value stays the same.
    this.writeDerived(() => connection.exec(`PRAGMA user_version = ${version}`));
  }

  async close(): Promise<void> {
    this.store.close();
  }

  /** Writes what can be written again: an unknown outcome counts as a failure. */
  private writeDerived(run: () => void): void {
    try {
      this.store.write(run);
    } catch (error) {
      throw unavailableIfUnknown(error);
    }
  }
}
