import { useEffect } from 'react';
import { keepView, keptView } from '../frame/kept-view';
import { onScrolled } from '../frame/on-scrolled';
import { type PagedList, reloadedRowsMax } from '../lists/paged-list';
import type { Entry, Lot } from './lists';

/**
 * Loads the lists of an account as far as the user had scrolled them when leaving the page, scrolls
 * the page to where it was, and keeps that from then on.
 */
export function useKeptLists(lots: PagedList<Lot>, history: PagedList<Entry>): void {
  useEffect(() => {
    const { scrolled, rows } = keptView();
    const rowsOf = (list: string) => Math.min(rows[list]?.loadedRows ?? 0, reloadedRowsMax);
    let end: (() => void) | null = null;
    let isLeft = false;
    const loads = [lots.reload(rowsOf('lots')), history.reload(rowsOf('history'))];
    void Promise.all(loads).then(() =>
      // The rows are in the document in the next frame.
      requestAnimationFrame(() => {
        if (isLeft) return;
        if (scrolled > 0) window.scrollTo(0, scrolled);
        end = onScrolled(window, () => keepView({ scrolled: window.scrollY }));
      }),
    );
    return () => {
      isLeft = true;
      end?.();
    };
  }, [lots, history]);
}
