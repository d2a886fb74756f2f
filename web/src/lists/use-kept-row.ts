import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { keepRow, keptView } from '../frame/kept-view';
import { onScrolled } from '../frame/on-scrolled';

interface KeptList {
  readonly virtualizer: Virtualizer<HTMLElement, Element>;
  readonly keys: () => readonly string[];
}

/**
 * Scrolls a list to the row at which the user left it, and keeps that row from then on.
 * @param name of the list on its page; without one, nothing is kept.
 */
export function useKeptRow(name: string | undefined, list: KeptList): void {
  const latest = useRef(list);
  latest.current = list;
  useLayoutEffect(() => {
    const kept = name === undefined ? undefined : keptView().rows[name];
    if (kept === undefined) return;
    const { virtualizer, keys } = latest.current;
    const all = keys();
    const index = all.indexOf(kept.key);
    const target = index === -1 ? Math.min(kept.index, all.length - 1) : index;
    virtualizer.scrollToIndex(target, { align: 'start' });
  }, [name]);
  useEffect(() => {
    const scroller = latest.current.virtualizer.scrollElement;
    if (name === undefined || scroller === null) return;
    return onScrolled(scroller, () => {
      const { virtualizer, keys } = latest.current;
      const all = keys();
      const index = virtualizer.range?.startIndex ?? 0;
      const key = all[index];
      if (key !== undefined) keepRow(name, { key, index, loadedRows: all.length });
    });
  }, [name]);
}
