import type { Journal } from '../../src/journal/journal';

type Optional = 'isDamaged' | 'appendAlone' | 'now' | 'acceptClock' | 'clockAcceptances';

type Arguments<Method extends Exclude<keyof Journal, 'shared' | Optional>> = Parameters<
  Journal[Method]
>;

/**
 * Passes all calls on to a journal, and counts the entries and the parts of snapshots that are
 * read.
 */
export class MeteredJournal implements Journal {
  entriesRead = 0;
  partsRead = 0;
  calls = 0;

  constructor(private readonly journal: Journal) {}

  get shared(): boolean {
    return this.journal.shared;
  }

  async catchUp(...requests: Arguments<'catchUp'>) {
    this.calls += 1;
    const responses = await this.journal.catchUp(...requests);
    for (const { entries, keyed } of responses) this.entriesRead += entries.length + keyed.length;
    return responses;
  }

  async entries(...range: Arguments<'entries'>) {
    this.calls += 1;
    const entries = await this.journal.entries(...range);
    this.entriesRead += entries.length;
    return entries;
  }

  async entriesAt(...places: Arguments<'entriesAt'>) {
    this.calls += 1;
    const entries = await this.journal.entriesAt(...places);
    this.entriesRead += entries.length;
    return entries;
  }

  async snapshotPart(...part: Arguments<'snapshotPart'>) {
    this.calls += 1;
    this.partsRead += 1;
    return this.journal.snapshotPart(...part);
  }

  idsAt(...places: Arguments<'idsAt'>) {
    return this.journal.idsAt(...places);
  }

  append(...appends: Arguments<'append'>) {
    return this.journal.append(...appends);
  }

  confirm(...entries: Arguments<'confirm'>) {
    return this.journal.confirm(...entries);
  }

  newestNaming(...places: Arguments<'newestNaming'>) {
    this.calls += 1;
    return this.journal.newestNaming(...places);
  }

  due(...range: Arguments<'due'>) {
    return this.journal.due(...range);
  }

  leaseSweep(...lease: Arguments<'leaseSweep'>) {
    return this.journal.leaseSweep(...lease);
  }

  saveSweepMark(...mark: Arguments<'saveSweepMark'>) {
    return this.journal.saveSweepMark(...mark);
  }

  accounts(...range: Arguments<'accounts'>) {
    this.calls += 1;
    return this.journal.accounts(...range);
  }

  saveSnapshot(...snapshot: Arguments<'saveSnapshot'>) {
    return this.journal.saveSnapshot(...snapshot);
  }

  check() {
    return this.journal.check();
  }

  tryWrite() {
    return this.journal.tryWrite();
  }

  close() {
    return this.journal.close();
  }
}
