import type { Account } from '../../ledger/account';
import type { Entry } from '../../ledger/entry';
import type { AccountView } from './follow';

/** Entries past the last one sent that are copied: a burst must not copy without limit. */
const aheadMax = 64;
/** Different views that are copied per account, and rows of one copy. */
const shapesMax = 4;
const rowsPerViewMax = 200;

/** Limits the rows of all copies together. */
export class RowBudget {
  private held = 0;

  constructor(private readonly rowsMax: number) {}

  take(rows: number): boolean {
    if (this.held + rows > this.rowsMax) return false;
    this.held += rows;
    return true;
  }

  free(rows: number): void {
    this.held -= rows;
  }
}

interface Shape {
  readonly view: AccountView<unknown>;
  users: number;
}

interface Copied {
  readonly entryId: string;
  readonly views: ReadonlyMap<string, unknown>;
  readonly rows: number;
}

/**
 * Copies of an account right after each of its newest entries. They are taken when the entry is
 * applied, before it is durable, so a copy is valid only for the entry of its id. A subscriber that
 * is too late for one reads the account as it is.
 */
export class ExactViews {
  private readonly shapes = new Map<string, Shape>();
  private readonly copies = new Map<number, Copied>();

  constructor(private readonly budget: RowBudget) {}

  /** Notes that a subscriber begins to use a view. */
  want(view: AccountView<unknown>): void {
    const shape = this.shapes.get(view.key);
    if (shape !== undefined) shape.users += 1;
    else this.shapes.set(view.key, { view, users: 1 });
  }

  unwant({ key }: AccountView<unknown>): void {
    const shape = this.shapes.get(key);
    if (shape !== undefined && --shape.users === 0) this.shapes.delete(key);
  }

  /** Copies the account, to which this entry was just applied, unless it was sent to all. */
  take(account: Account, entry: Entry, sent: number): void {
    const { sequence } = entry;
    if (this.shapes.size === 0 || sequence <= sent || sequence > sent + aheadMax) return;
    this.drop(sequence);
    const views = new Map<string, unknown>();
    let rows = 0;
    for (const [key, { view }] of this.shapes) {
      const viewRows = view.rowsOf(account);
      if (views.size === shapesMax || viewRows > rowsPerViewMax) continue;
      if (!this.budget.take(viewRows)) break;
      rows += viewRows;
      views.set(key, copyOf(account, view));
    }
    if (views.size > 0) this.copies.set(sequence, { entryId: entry.id, views, rows });
  }

  find<View>({ sequence, id }: Entry, { key }: AccountView<View>): View | undefined {
    const copied = this.copies.get(sequence);
    return copied?.entryId === id ? (copied.views.get(key) as View | undefined) : undefined;
  }

  /** Drops the copies up to a sequence. */
  dropUpTo(sequence: number): void {
    for (const each of this.copies.keys()) if (each <= sequence) this.drop(each);
  }

  private drop(sequence: number): void {
    this.budget.free(this.copies.get(sequence)?.rows ?? 0);
    this.copies.delete(sequence);
  }
}

/**
 * Copies an account. A copy that fails must not fail the change: it fails again when the account is
 * read for it.
 */
function copyOf(account: Account, { copy }: AccountView<unknown>): unknown {
  try {
    return copy(account);
  } catch {
    return undefined;
  }
}
