/** The first row of a list that was in view, and how many rows were loaded. */
interface KeptRow {
  readonly key: string;
  readonly index: number;
  readonly loadedRows: number;
}

interface KeptView {
  /** How far the page was scrolled, in pixels. */
  readonly scrolled: number;
  /** By the names of the lists. */
  readonly rows: Readonly<Record<string, KeptRow>>;
}

const top: KeptView = { scrolled: 0, rows: {} };

/** Returns the view of this page as the user left it, by a link or to load it again. */
export function keptView(): KeptView {
  return (history.state as { view?: KeptView } | null)?.view ?? top;
}

/** Keeps what has changed with the page's entry in the browser's history. */
export function keepView(part: Partial<KeptView>): void {
  history.replaceState({ ...history.state, view: { ...keptView(), ...part } }, '');
}

export function keepRow(list: string, row: KeptRow): void {
  keepView({ rows: { ...keptView().rows, [list]: row } });
}
