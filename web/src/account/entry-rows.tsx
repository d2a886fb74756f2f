import type { ShowEntryQuery } from '../generated/operations';
import { AllocationList } from './allocations';
import { EndedHolds } from './ended-holds';
import { ExpiredList } from './expired-list';

/** Lists the grants that an entry took from, gave back to or ended. */
export function EntryRows({ entry }: { readonly entry: NonNullable<ShowEntryQuery['entry']> }) {
  return (
    <>
      {entry.__typename === 'Spend' && (
        <section className="panel" aria-labelledby="paid">
          <h2 id="paid">Which grants paid</h2>
          <AllocationList allocations={entry.allocations} />
        </section>
      )}
      {entry.__typename === 'Hold' && (
        <section className="panel" aria-labelledby="held">
          <h2 id="held">Which grants the points are from</h2>
          <AllocationList
            allocations={entry.allocations}
            label="Grants that the points are from, the oldest first"
          />
        </section>
      )}
      {entry.__typename === 'Release' && (
        <section className="panel" aria-labelledby="released">
          <h2 id="released">Which grants got points back</h2>
          <AllocationList
            allocations={entry.allocations}
            label="Grants that got points back, the oldest first"
          />
        </section>
      )}
      {entry.__typename === 'SpendReversal' && (
        <section className="panel" aria-labelledby="back">
          <h2 id="back">Which grants got points back</h2>
          <AllocationList
            allocations={entry.allocations}
            label="Grants that got points back, the youngest first"
          />
        </section>
      )}
      {entry.__typename === 'Lapse' && entry.endedHolds.length > 0 && (
        <section className="panel" aria-labelledby="ended">
          <h2 id="ended">Which holds ended</h2>
          <EndedHolds holds={entry.endedHolds} />
        </section>
      )}
      {entry.__typename === 'Lapse' && entry.begun.length > 0 && (
        <section className="panel" aria-labelledby="begun">
          <h2 id="begun">Which grants began</h2>
          <AllocationList allocations={entry.begun} label="Grants that began" />
        </section>
      )}
      {entry.__typename === 'Lapse' && entry.lots.length > 0 && (
        <section className="panel" aria-labelledby="expired">
          <h2 id="expired">Which grants expired</h2>
          <ExpiredList lots={entry.lots} />
        </section>
      )}
    </>
  );
}
