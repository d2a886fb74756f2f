import { Link } from 'wouter';
import { Figure, Name } from '../format/isolated';
import { Moment } from '../format/moment';
import { entryPath } from '../frame/paths';
import type { ExpiredFragment } from '../generated/operations';
import { VirtualList } from '../lists/virtual-list';

const rowHeight = 40;

/** Lists the grants whose points expired, with the points of each. */
export function ExpiredList({ lots }: { readonly lots: readonly ExpiredFragment[] }) {
  return (
    <VirtualList
      label="Grants that expired"
      className="allocations"
      rows={lots}
      // A grant expires twice where a part of it was held: the list never changes.
      keyOf={(_lot, index) => String(index)}
      rowHeight={rowHeight}
    >
      {({ at, expired, transaction }) => (
        <div className="allocation">
          <Link href={entryPath(transaction.id)}>
            #<Figure value={transaction.sequence} />
          </Link>
          <span className="payer-name">
            <Name>{transaction.payer}</Name>
          </span>
          <span className="hint">
            expired <Moment instant={at} />
          </span>
          <span className="figure">
            <strong>
              <Figure value={expired} />
            </strong>
            <span className="of">
              {' '}
              of <Figure value={transaction.points} />
            </span>
          </span>
        </div>
      )}
    </VirtualList>
  );
}
