import type { EntryMark } from '../../journal/journal';
import { type Entry, lotsOf } from '../../ledger/entry';

/** Limits per account: entries, and lots that their spends may name all together. */
const entriesMax = 256;
const lotsMax = 20_000;

/**
 * A cache of the newest entries of an account that this process knows: a run without a gap, of
 * bounded length, and the entry before it. Runs may be added in any order and repeatedly.
 */
export class RecentEntries {
  /** The entry before the first cached one; null if that one begins the account. */
  private before: EntryMark | null = null;
  private entries: Entry[] = [];
  private lots = 0;
  private isBegun = false;

  /** False until the newest entry of the account is known. */
  get isKnown(): boolean {
    return this.isBegun;
  }

  /** The last entry known; null before the first. */
  get newest(): EntryMark | null {
    return this.entries.at(-1) ?? this.before;
  }

  /** Sets the newest entry, unless it is known. */
  begin(newest: EntryMark | null): void {
    if (!this.isKnown) this.startAt(newest);
  }

  /**
   * Adds durable entries that follow one another and `after`. A run that does not join the cached
   * one replaces it. Returns false if nothing of it is new.
   */
  add(after: EntryMark | null, run: readonly Entry[]): boolean {
    const fresh = this.isKnown ? this.newOf(after, run) : null;
    if (fresh === null) this.startAt(after);
    const added = fresh ?? run;
    for (const entry of added) {
      this.entries.push(entry);
      this.lots += lotsOf(entry);
    }
    if (this.entries.length > 2 * entriesMax || this.lots > lotsMax) this.trim();
    return added.length > 0;
  }

  /**
   * Returns what follows a position: nothing if it is the newest. Null if too little is cached to
   * tell, `forked` if another entry has its sequence.
   */
  after(mark: EntryMark | null): readonly Entry[] | 'forked' | null {
    const index = sequenceOf(mark) - sequenceOf(this.before);
    if (!this.isKnown || index < 0) return null;
    if (index > this.entries.length) return [];
    const standing = index === 0 ? this.before : this.entries[index - 1];
    return standing?.id === mark?.id ? this.entries.slice(index) : 'forked';
  }

  /** Returns what is new in a run, or null if it does not join the cached one. */
  private newOf(after: EntryMark | null, run: readonly Entry[]): readonly Entry[] | null {
    const { newest } = this;
    const known = sequenceOf(newest) - sequenceOf(after);
    if (known < 0) return null;
    if (known <= run.length) {
      const meeting = known === 0 ? after : run[known - 1];
      return meeting?.id === newest?.id ? run.slice(known) : null;
    }
    // It ends before the newest: an outdated read, or a shorter history.
    const last = run.at(-1) ?? after;
    return this.after(last) === 'forked' ? null : [];
  }

  private startAt(mark: EntryMark | null): void {
    this.isBegun = true;
    this.before = mark === null ? null : { sequence: mark.sequence, id: mark.id };
    this.entries = [];
    this.lots = 0;
  }

  private trim(): void {
    let kept = 0;
    let lots = 0;
    for (let index = this.entries.length - 1; index >= 0 && kept < entriesMax; index -= 1) {
      if (lots + lotsOf(this.entries[index]) > lotsMax) break;
      lots += lotsOf(this.entries[index]);
      kept += 1;
    }
    const cut = this.entries.length - kept;
    const { sequence, id } = this.entries[cut - 1] ?? this.before!;
    this.before = { sequence, id };
    this.entries = this.entries.slice(cut);
    this.lots = lots;
  }
}

function sequenceOf(mark: EntryMark | null): number {
  return mark?.sequence ?? 0;
}
