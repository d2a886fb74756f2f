import { useSyncExternalStore } from 'react';
import type { ReadableStore } from './store';

/** Returns the store's state and renders again whenever it is replaced. */
export function useStore<State>(store: ReadableStore<State>): State {
  return useSyncExternalStore(store.subscribe, () => store.state);
}
