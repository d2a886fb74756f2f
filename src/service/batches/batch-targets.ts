import type { Entry } from '../../ledger/entry';
import type { ExpiryRow, LapseRow, LapseTotals } from '../../ledger/lapse-entry';
import { expiriesOf, lotsNamedBy, type Target } from '../../ledger/target';

/**
 * What reversals of one batch need to know of the entries that they name: what was read with the
 * catch-up, and on top of it the batch's own entries, which are not in the journal yet.
 */
export class BatchTargets {
  private readonly own = new Map<number, Entry>();
  /** The batch's entries that name a target, by its sequence, oldest first. */
  private readonly naming = new Map<number, Entry[]>();
  /** The totals of a lot after each of the batch's rows of it, by its sequence. */
  private readonly totals = new Map<number, LapseTotals[]>();

  /**
   * @param read what was read of the targets, by sequence.
   * @param entries the entries of the batch so far.
   */
  constructor(
    private readonly read: ReadonlyMap<number, Target>,
    entries: readonly Entry[],
  ) {
    for (const entry of entries) this.add(entry);
  }

  /**
   * Returns what is known of an entry, or null if the account has none of this sequence. O(lots of
   * the entry + rows ahead).
   * @param ahead rows that are processed and not yet in an entry.
   */
  find(sequence: number, ahead: readonly LapseRow[]): Target | null {
    const read = this.read.get(sequence);
    const entry = this.own.get(sequence) ?? read?.entry;
    if (entry === undefined) return null;
    const newest = this.naming.get(sequence)?.at(-1) ?? read?.newest ?? null;
    return { entry, newest, lapsed: this.lapsedOf(entry, read, ahead) };
  }

  /** Adds an entry of the batch. */
  add(entry: Entry): void {
    this.own.set(entry.sequence, entry);
    if ('target' in entry) push(this.naming, entry.target, entry);
    for (const { sequence, totals } of expiriesOf(entry)) push(this.totals, sequence, totals);
  }

  /** Removes the entry that was added last. */
  remove(entry: Entry): void {
    this.own.delete(entry.sequence);
    if ('target' in entry) this.naming.get(entry.target)!.pop();
    for (const { sequence } of expiriesOf(entry)) this.totals.get(sequence)!.pop();
  }

  private lapsedOf(
    entry: Entry,
    read: Target | undefined,
    ahead: readonly LapseRow[],
  ): ReadonlyMap<number, LapseTotals> {
    const lots = new Set(lotsNamedBy(entry));
    const lapsed = new Map(read?.lapsed);
    if (lots.size === 0) return lapsed;
    for (const lot of lots) {
      const own = this.totals.get(lot)?.at(-1);
      if (own !== undefined) lapsed.set(lot, own);
    }
    for (const row of ahead) {
      if (isExpiry(row) && lots.has(row.sequence)) lapsed.set(row.sequence, row.totals);
    }
    return lapsed;
  }
}

function isExpiry(row: LapseRow): row is ExpiryRow {
  return row.kind === 'expiry';
}

function push<Value>(lists: Map<number, Value[]>, key: number, value: Value): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [value]);
  else known.push(value);
}
