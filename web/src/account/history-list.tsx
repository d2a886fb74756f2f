import { useCallback, useMemo, useState } from 'react';
import { LoadError } from '../frame/load-error';
import type { PagedList } from '../lists/paged-list';
import { VirtualList } from '../lists/virtual-list';
import { useStore } from '../store/use-store';
import { HistoryLine } from './history-line';
import { laterEntries } from './later-entries';
import type { Entry } from './lists';

const rowHeight = 68;

interface HistoryListProps {
  readonly list: PagedList<Entry>;
}

/** Lists all accepted entries, the newest first. */
export function HistoryList({ list }: HistoryListProps) {
  const { rows, phase, hasMore, error } = useStore(list.store);
  const [opened, toggle] = useOpened();
  const later = useMemo(() => laterEntries(rows), [rows]);
  return (
    <section className="panel" aria-labelledby="history">
      <h2 id="history">History</h2>
      {phase === 'failed' && (
        <LoadError what="the history" error={error} onRetry={() => void list.reload()} />
      )}
      {rows.length > 0 && (
        <VirtualList
          label="History, the newest first"
          className="history"
          rows={rows}
          keyOf={({ id }) => id}
          rowHeight={rowHeight}
          hasMore={hasMore}
          keptAs="history"
          {...(phase === 'ready' && { onNearEnd: list.loadMore })}
        >
          {(entry) => (
            <HistoryLine
              entry={entry}
              later={later.get(entry.id) ?? []}
              isOpen={opened.has(entry.id)}
              onToggle={() => toggle(entry.id)}
            />
          )}
        </VirtualList>
      )}
    </section>
  );
}

/** Holds the expanded rows: a row that scrolls out of view is unmounted and loses its own state. */
function useOpened(): [ReadonlySet<string>, (id: string) => void] {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((id: string) => {
    setOpened((before) => {
      const others = [...before].filter((each) => each !== id);
      return new Set(before.has(id) ? others : [...others, id]);
    });
  }, []);
  return [opened, toggle];
}
