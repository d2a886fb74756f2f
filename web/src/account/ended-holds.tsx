import { Link } from 'wouter';
import { Figure } from '../format/isolated';
import { entryPath } from '../frame/paths';
import type { LapsedFragment } from '../generated/operations';
import { VirtualList } from '../lists/virtual-list';

const rowHeight = 40;

/** Lists the holds whose end came, with what each gave back. */
export function EndedHolds({ holds }: { readonly holds: LapsedFragment['endedHolds'] }) {
  return (
    <VirtualList
      label="Holds that ended"
      className="allocations"
      rows={holds}
      keyOf={({ hold }) => hold.id}
      rowHeight={rowHeight}
    >
      {({ points, hold }) => (
        <div className="allocation">
          <Link href={entryPath(hold.id)}>
            #<Figure value={hold.sequence} />
          </Link>
          <span>gave back</span>
          <span className="figure">
            <strong>
              <Figure value={points} />
            </strong>
          </span>
        </div>
      )}
    </VirtualList>
  );
}
