export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

export interface ListState<Row> {
  readonly rows: readonly Row[];
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly hasMore: boolean;
  /** Of the last load, while `phase` is `failed`. */
  readonly fault: unknown;
  /** There is newer than what is shown, too far down to be fetched again unasked. */
  readonly isStale: boolean;
}

export interface PagedListOptions<Row> {
  readonly loadPage: (after: string | null) => Promise<Page<Row>>;
  /**
   * Puts a fresh first page before what was shown, or answers null where the two do not meet.
   * Without it what is fresh replaces what was shown.
   */
  readonly join?: (fresh: readonly Row[], shown: readonly Row[]) => readonly Row[] | null;
}

/** Rows that are fetched again unasked when they change: as far as a person looks soon after opening. */
const rowsRefreshedMax = 500;

/**
 * A connection read page by page, as far as somebody scrolls. It lies beside Apollo's cache, which
 * would read all rows again whenever one page comes: with 100,000 rows the page would freeze.
 */
export class PagedList<Row> {
  private state: ListState<Row> = blank();
  private endCursor: string | null = null;
  /** Answers to what was asked before the last start are dropped. */
  private generation = 0;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly options: PagedListOptions<Row>) {}

  readonly now = (): ListState<Row> => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Appends the next page; does nothing while one is under way or at the end. */
  readonly loadMore = async (): Promise<void> => {
    if (this.state.phase === 'loading' || !this.state.hasMore) return;
    await this.guarded(async () => {
      const page = await this.options.loadPage(this.endCursor);
      return () => this.show([...this.state.rows, ...page.rows], page);
    });
  };

  /** Reads anew from the start, at least as far as `seen` rows; what is shown stays until then. */
  readonly reload = async (seen = 0): Promise<void> => {
    if (seen > rowsRefreshedMax && this.options.join === undefined) {
      this.set({ ...this.state, isStale: true });
      return;
    }
    await this.guarded(async () => {
      let page = await this.options.loadPage(null);
      let rows = page.rows;
      const joined = this.options.join?.(rows, this.state.rows) ?? null;
      if (joined !== null) return () => this.set({ ...this.state, ...settled, rows: joined });
      while (page.hasNextPage && rows.length < seen) {
        page = await this.options.loadPage(page.endCursor);
        rows = [...rows, ...page.rows];
      }
      return () => this.show(rows, page);
    });
  };

  private async guarded(load: () => Promise<() => void>): Promise<void> {
    const generation = ++this.generation;
    this.set({ ...this.state, phase: 'loading', fault: null });
    try {
      const show = await load();
      if (generation === this.generation) show();
    } catch (fault) {
      if (generation === this.generation) this.set({ ...this.state, phase: 'failed', fault });
    }
  }

  private show(rows: readonly Row[], { endCursor, hasNextPage }: Page<Row>): void {
    this.endCursor = endCursor;
    this.set({ ...settled, rows, hasMore: hasNextPage });
  }

  private set(state: ListState<Row>): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

const settled = { phase: 'ready', fault: null, isStale: false } as const;

function blank<Row>(): ListState<Row> {
  return { rows: [], phase: 'loading', hasMore: false, fault: null, isStale: false };
}
