import { useQuery } from '@apollo/client/react';
import { Link } from 'wouter';
import { AllocationList } from '../account/allocations';
import { type CorrectionState, correctionOf, isGrant } from '../account/correction';
import { EntryFacts } from '../account/entry-facts';
import { ExpiredList } from '../account/expired-list';
import { Figure, Name } from '../format/isolated';
import { LoadError } from '../frame/load-error';
import { Loading } from '../frame/loading';
import { PageHeading } from '../frame/page-heading';
import { accountPath, accountsPath } from '../frame/paths';
import { ShowEntryDocument, type ShowEntryQuery } from '../generated/operations';

export function EntryPage({ id }: { readonly id: string }) {
  const { data, error, refetch } = useQuery(ShowEntryDocument, { variables: { id } });
  if (error) return <LoadError what="this entry" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="the entry" />;
  const { entry } = data;
  return entry === null ? <NoSuchEntry /> : <EntryContent entry={entry} />;
}

function NoSuchEntry() {
  return (
    <>
      <PageHeading title="No such entry">There is no such entry</PageHeading>
      <p>
        Entries are never removed, so the id is wrong. Search the history of its{' '}
        <Link href={accountsPath}>account</Link>.
      </p>
    </>
  );
}

function EntryContent({ entry }: { readonly entry: NonNullable<ShowEntryQuery['entry']> }) {
  return (
    <>
      <p className="crumb">
        <Link href={accountPath(entry.accountId)}>
          ← Account <Name>{entry.accountId}</Name>
        </Link>
      </p>
      <PageHeading title={`Entry ${entry.sequence}`}>
        Entry #<Figure value={entry.sequence} />
      </PageHeading>
      <EntryFacts entry={entry} />
      {isGrant(entry) && (
        <p>
          <Link
            className="button"
            href={accountPath(entry.accountId)}
            state={{ correction: correctionOf(entry) } satisfies CorrectionState}
          >
            Take back
          </Link>
        </p>
      )}
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
      {entry.__typename === 'Lapse' && entry.lots.length > 0 && (
        <section className="panel" aria-labelledby="expired">
          <h2 id="expired">Which grants expired</h2>
          <ExpiredList lots={entry.lots} />
        </section>
      )}
    </>
  );
}
