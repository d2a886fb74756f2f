import { useQuery } from '@apollo/client/react';
import { Link } from 'wouter';
import { Figure, Name } from '../format/isolated';
import { Moment } from '../format/moment';
import { LoadError } from '../frame/load-error';
import { Loading } from '../frame/loading';
import { entryPath } from '../frame/paths';
import { ShowEntryDocument, type ShowEntryQuery } from '../generated/operations';
import { VirtualList } from '../lists/virtual-list';

type Spend = Extract<NonNullable<ShowEntryQuery['entry']>, { __typename: 'Spend' }>;
export type Allocation = Spend['allocations'][number];

const rowHeight = 40;

/** Lists the grants that paid for a spend, with the points of each. */
export function Allocations({ spendId }: { readonly spendId: string }) {
  const { data, error, refetch } = useQuery(ShowEntryDocument, { variables: { id: spendId } });
  if (error) return <LoadError what="the grants" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="the grants" />;
  if (data.entry?.__typename !== 'Spend') return null;
  return <AllocationList allocations={data.entry.allocations} />;
}

interface AllocationListProps {
  readonly allocations: readonly Allocation[];
  readonly label?: string;
}

export function AllocationList({ allocations, label }: AllocationListProps) {
  return (
    <VirtualList
      label={label ?? 'Grants that paid, the oldest first'}
      className="allocations"
      rows={allocations}
      keyOf={({ transaction }) => transaction.id}
      rowHeight={rowHeight}
    >
      {({ points, transaction }) => (
        <div className="allocation">
          <Link href={entryPath(transaction.id)}>
            #<Figure value={transaction.sequence} />
          </Link>
          <span className="payer-name">
            <Name>{transaction.payer}</Name>
          </span>
          <span className="hint">
            earned <Moment instant={transaction.timestamp} />
          </span>
          <span className="figure">
            <strong>
              <Figure value={points} />
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
