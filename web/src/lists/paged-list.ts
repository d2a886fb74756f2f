import { Store } from '../store/store';

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

interface ListState<Row> {
  readonly rows: readonly Row[];
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly hasMore: boolean;
  /** Of the last load, while `phase` is `failed`. */
  readonly error: unknown;
  /** True if there are newer rows than those shown, and too many to reload automatically. */
  readonly isStale: boolean;
}

interface PagedListOptions<Row> {
  readonly loadPage: (after: string | null) => Promise<Page<Row>>;
  /**
   * Puts a new first page before the rows shown; returns null if the two do not overlap. Without
   * it, new rows replace those shown.
   */
  readonly join?: (fresh: readonly Row[], shown: readonly Row[]) => readonly Row[] | null;
}

/** The most rows that are reloaded automatically, so that a change costs five requests at most. */
export const reloadedRowsMax = 500;

/**
 * A connection that is read page by page as the user scrolls. It bypasses Apollo's cache, which
 * would read all rows again for every new page: with 100,000 rows the browser would freeze.
 */
export class PagedList<Row> {
  readonly store = new Store<ListState<Row>>(blank());
  private endCursor: string | null = null;
  /** Responses to loads of an older generation are dropped. */
  private generation = 0;

  constructor(private readonly options: PagedListOptions<Row>) {}

  /** Appends the next page. Does nothing during a load or at the end. */
  readonly loadMore = async (): Promise<void> => {
    const { phase, hasMore } = this.store.state;
    if (phase === 'loading' || !hasMore) return;
    await this.load(async () => {
      const page = await this.options.loadPage(this.endCursor);
      return () => this.show([...this.store.state.rows, ...page.rows], page);
    });
  };

  /**
   * Reloads from the start, at least `seenRows` rows. The rows shown stay until then. Marks the
   * list as stale instead if the user has scrolled too far down.
   */
  readonly reload = async (seenRows = 0): Promise<void> => {
    const { loadPage, join } = this.options;
    if (seenRows > reloadedRowsMax && join === undefined) {
      this.store.update({ isStale: true });
      return;
    }
    await this.load(async () => {
      let page = await loadPage(null);
      let rows = page.rows;
      const joined = join?.(rows, this.store.state.rows) ?? null;
      if (joined !== null) return () => this.store.update({ ...loaded, rows: joined });
      while (page.hasNextPage && rows.length < seenRows) {
        page = await loadPage(page.endCursor);
        rows = [...rows, ...page.rows];
      }
      return () => this.show(rows, page);
    });
  };

  private async load(read: () => Promise<() => void>): Promise<void> {
    const generation = ++this.generation;
    this.store.update({ phase: 'loading', error: null });
    try {
      const show = await read();
      if (generation === this.generation) show();
    } catch (error) {
      if (generation === this.generation) this.store.update({ phase: 'failed', error });
    }
  }

  private show(rows: readonly Row[], { endCursor, hasNextPage }: Page<Row>): void {
    this.endCursor = endCursor;
    this.store.set({ ...loaded, rows, hasMore: hasNextPage });
  }
}

const loaded = { phase: 'ready', error: null, isStale: false } as const;

function blank<Row>(): ListState<Row> {
  return { rows: [], phase: 'loading', hasMore: false, error: null, isStale: false };
}
