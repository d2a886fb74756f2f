import { useSyncExternalStore } from 'react';
import type { ListState, PagedList } from './paged-list';

export function usePagedList<Row>(list: PagedList<Row>): ListState<Row> {
  return useSyncExternalStore(list.subscribe, list.now);
}
