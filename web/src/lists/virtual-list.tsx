import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { useKeptRow } from './use-kept-row';

interface VirtualListProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row, index: number) => string;
  readonly rowHeight: number;
  readonly children: (row: Row, index: number) => ReactNode;
  /** True if there are more rows to load. */
  readonly hasMore?: boolean;
  /** Loads more rows. Missing while rows are being loaded. */
  readonly onNearEnd?: () => void;
  /** Called with the number of rows, counted from the first, that have been in view. */
  readonly onSeen?: (count: number) => void;
  readonly className?: string;
  /** The name under which the row in view is kept for the back button. */
  readonly keptAs?: string;
}

const rowsAhead = 30;

/** Renders a scrolling list, of which only the rows in view are in the document. */
export function VirtualList<Row>(props: VirtualListProps<Row>) {
  const { label, rows, keyOf, rowHeight, children, hasMore = false, className = '' } = props;
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer<HTMLElement, Element>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyOf(rows[index]!, index),
    overscan: 6,
  });
  // Adjusting the position when a row is measured would interrupt smooth scrolling.
  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = () => false;
  const items = virtualizer.getVirtualItems();
  useReach(items.at(-1)?.index ?? -1, props);
  useKeptRow(props.keptAs, { virtualizer, keys: () => rows.map(keyOf) });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users must be able to scroll it.
    <section className={`scroller ${className}`} ref={scroller} aria-label={label} tabIndex={0}>
      <ol className="virtual" style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, key, start }) => (
          <li
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            aria-setsize={hasMore ? -1 : rows.length}
            aria-posinset={index + 1}
            style={{ transform: `translateY(${start}px)` }}
          >
            {children(rows[index]!, index)}
          </li>
        ))}
      </ol>
    </section>
  );
}

function useReach<Row>(last: number, props: VirtualListProps<Row>): void {
  const { rows, hasMore, onNearEnd, onSeen } = props;
  const isNearEnd = hasMore === true && last >= rows.length - rowsAhead;
  useEffect(() => onSeen?.(last + 1), [last, onSeen]);
  useEffect(() => {
    if (isNearEnd) onNearEnd?.();
  }, [isNearEnd, onNearEnd]);
}
