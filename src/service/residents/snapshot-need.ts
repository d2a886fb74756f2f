import type { EntryMark } from '../../journal/journal';

/** When a snapshot of an account is worth its cost. */
export class SnapshotNeed {
  /** Entries since the last snapshot. */
  entries = 0;
  /** The entry at which a snapshot failed: the next one is tried only after another entry. */
  private failedAt: EntryMark | null = null;

  /** True after so many entries, unless a snapshot failed at this one. */
  isDue(last: EntryMark | null, entriesMin: number): boolean {
    return this.entries >= entriesMin && last !== this.failedAt;
  }

  note(result: 'stored' | 'failed', last: EntryMark | null): void {
    if (result === 'stored') this.entries = 0;
    else this.failedAt = last;
  }
}
