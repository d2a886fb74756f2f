import { useQuery } from '@apollo/client/react';
import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { EntryFacts } from '../account/entry-facts';
import { EntryRows } from '../account/entry-rows';
import { isDebit, isGrant } from '../account/transaction';
import { Figure, Name } from '../format/isolated';
import { LoadError } from '../frame/load-error';
import { Loading } from '../frame/loading';
import { PageHeading } from '../frame/page-heading';
import { accountPath, accountsPath } from '../frame/paths';
import { ShowEntryDocument, type ShowEntryQuery } from '../generated/operations';

/** Loaded on demand: few visits reverse anything. */
const GiveBack = lazy(() => import('../reversal/give-back'));
const WhatFollowed = lazy(() => import('../account/what-followed'));
const TakeBack = lazy(() => import('../reversal/take-back'));
const Lift = lazy(() => import('../reversal/lift'));

export function EntryPage({ id }: { readonly id: string }) {
  const { data, error, refetch } = useQuery(ShowEntryDocument, {
    variables: { id },
    // What was reversed so far changes.
    fetchPolicy: 'cache-and-network',
  });
  if (error && !data)
    return <LoadError what="this entry" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="the entry" />;
  const { entry } = data;
  return entry === null ? (
    <NoSuchEntry />
  ) : (
    <EntryContent entry={entry} onEnd={() => void refetch()} />
  );
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

interface EntryContentProps {
  readonly entry: NonNullable<ShowEntryQuery['entry']>;
  readonly onEnd: () => void;
}

function EntryContent({ entry, onEnd }: EntryContentProps) {
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
      <EntryRows entry={entry} />
      {changedLater(entry) !== null && (
        <Suspense fallback={null}>
          <WhatFollowed entry={entry} version={changedLater(entry)} />
        </Suspense>
      )}
      <Suspense fallback={<Loading what="the form" />}>
        {entry.__typename === 'Spend' && <GiveBack spend={entry} onEnd={onEnd} />}
        {isGrant(entry) && <TakeBack grant={entry} onEnd={onEnd} />}
        {isDebit(entry) && <Lift debit={entry} onEnd={onEnd} />}
      </Suspense>
    </>
  );
}

/** Returns how many points of an entry later ones are about; null if none can name it. */
function changedLater(entry: NonNullable<ShowEntryQuery['entry']>): number | null {
  if (entry.__typename === 'Hold') return entry.points - entry.held;
  return entry.__typename === 'Spend' || entry.__typename === 'Transaction' ? entry.reversed : null;
}
