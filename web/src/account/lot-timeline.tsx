import { useMemo } from 'react';
import { Link } from 'wouter';
import { formatDay, formatTime } from '../format/dates';
import { Counted, Figure, Instant, Name } from '../format/isolated';
import { LoadError } from '../frame/load-error';
import { entryPath } from '../frame/paths';
import type { PagedList } from '../lists/paged-list';
import { VirtualList } from '../lists/virtual-list';
import { useStore } from '../store/use-store';
import type { Lot } from './lists';
import { type Taking, takenOfLots } from './taking';

interface LotTimelineProps {
  readonly list: PagedList<Lot>;
  readonly taking: Taking | null;
  readonly onSeen: (count: number) => void;
}

const rowHeight = 68;

/** Lists the open lots in the order in which they will be spent. */
export function LotTimeline({ list, taking, onSeen }: LotTimelineProps) {
  const { rows, phase, hasMore, error, isStale } = useStore(list.store);
  const taken = useMemo(() => takenOfLots(rows, taking), [rows, taking]);
  return (
    <section className="panel" aria-labelledby="lots">
      <h2 id="lots">Next to be spent</h2>
      {phase === 'failed' && (
        <LoadError what="the lots" error={error} onRetry={() => void list.reload()} />
      )}
      {isStale && (
        <p className="notice">
          The account has changed since these lots were loaded.{' '}
          <button type="button" className="quiet" onClick={() => void list.reload()}>
            Reload the lots
          </button>
        </p>
      )}
      {rows.length === 0 && phase === 'ready' && (
        <p className="hint">
          There are no points to spend. Lots appear here when points are added.
        </p>
      )}
      {rows.length > 0 && (
        <VirtualList
          label="Lots, the next to be spent first"
          className="timeline"
          rows={rows}
          keyOf={({ transaction }) => transaction.id}
          rowHeight={rowHeight}
          hasMore={hasMore}
          keptAs="lots"
          {...(phase === 'ready' && { onNearEnd: list.loadMore })}
          onSeen={onSeen}
        >
          {(lot, index) => <LotLine lot={lot} isNext={index === 0} taken={taken[index] ?? 0} />}
        </VirtualList>
      )}
      <MoreLots count={rows.length} hasMore={hasMore} />
    </section>
  );
}

interface LotLineProps {
  readonly lot: Lot;
  readonly isNext: boolean;
  readonly taken: number;
}

function LotLine({ lot: { remaining, transaction }, isNext, taken }: LotLineProps) {
  const { id, payer, points, timestamp } = transaction;
  const part = (points: number) => ({ inlineSize: `${(100 * points) / transaction.points}%` });
  return (
    <div className={isNext ? 'lot next' : 'lot'}>
      <span className="lot-date">
        <Instant instant={timestamp}>
          {formatDay(timestamp)} <span>{formatTime(timestamp)}</span>
        </Instant>
      </span>
      <Link href={entryPath(id)} className="payer-name">
        <Name>{payer}</Name>
      </Link>
      <span className="figure">
        {taken > 0 && (
          <span className="would-pay">
            pays <Figure value={taken} />
          </span>
        )}{' '}
        <strong>
          <Figure value={remaining} />
        </strong>
        {remaining < points && (
          <span className="of">
            {' '}
            of <Figure value={points} />
          </span>
        )}
      </span>
      <span className="gauge" aria-hidden="true">
        <span className="gauge-taken" style={part(taken)} />
        <span className="gauge-left" style={part(remaining - taken)} />
      </span>
    </div>
  );
}

function MoreLots({ count, hasMore }: { readonly count: number; readonly hasMore: boolean }) {
  if (!hasMore) return null;
  return (
    <p className="hint">
      <Counted count={count} one="lot" /> loaded; scroll for more.
    </p>
  );
}
