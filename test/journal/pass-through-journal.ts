import type {
  AccountRange,
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
} from '../../src/journal/journal';
import type { Entry } from '../../src/ledger/entry';

/** The methods that are passed on by `call`. */
export type Method = Exclude<
  keyof Journal,
  'shared' | 'isDamaged' | 'close' | 'acceptClock' | 'clockAcceptances'
>;

/** The calls that a journal passes on to another one, each by `call`. */
export abstract class PassThroughJournal {
  constructor(protected store: Journal) {}

  get shared(): boolean {
    return this.store.shared;
  }

  /** Missing if the other journal has no clock. */
  get now(): Journal['now'] {
    const { store } = this;
    return store.now && (() => this.call('now', async () => store.now!()));
  }

  newestNaming(places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    return this.call('newestNaming', () => this.store.newestNaming(places));
  }

  due(range: DueRange): Promise<DuePlace[]> {
    return this.call('due', () => this.store.due(range));
  }

  leaseSweep(holder: string, forMs: number): Promise<SweepState | null> {
    return this.call('leaseSweep', () => this.store.leaseSweep(holder, forMs));
  }

  saveSweepMark(holder: string, mark: number): Promise<void> {
    return this.call('saveSweepMark', () => this.store.saveSweepMark(holder, mark));
  }

  catchUp(requests: readonly CatchUp[], entriesMax: number): Promise<CaughtUp[]> {
    return this.call('catchUp', () => this.store.catchUp(requests, entriesMax));
  }

  confirm(entries: readonly Entry[]): Promise<boolean[]> {
    return this.call('confirm', () => this.store.confirm(entries));
  }

  entries(range: EntryRange): Promise<Entry[]> {
    return this.call('entries', () => this.store.entries(range));
  }

  entriesAt(places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    return this.call('entriesAt', () => this.store.entriesAt(places));
  }

  idsAt(places: readonly EntryPlace[]): Promise<(string | null)[]> {
    return this.call('idsAt', () => this.store.idsAt(places));
  }

  accounts(range: AccountRange): Promise<string[]> {
    return this.call('accounts', () => this.store.accounts(range));
  }

  saveSnapshot(snapshot: SnapshotMark, parts: AsyncIterable<string>): Promise<void> {
    return this.call('saveSnapshot', () => this.store.saveSnapshot(snapshot, parts));
  }

  snapshotPart(head: SnapshotHead, part: number): Promise<string | null> {
    return this.call('snapshotPart', () => this.store.snapshotPart(head, part));
  }

  check(): Promise<void> {
    return this.call('check', () => this.store.check());
  }

  tryWrite(): Promise<void> {
    return this.call('tryWrite', () => this.store.tryWrite());
  }

  close(): Promise<void> {
    return this.store.close();
  }

  protected abstract call<Result>(method: Method, run: () => Promise<Result>): Promise<Result>;
}
