import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useMemo } from 'react';
import { LoadError } from '../frame/load-error';
import { ShowNamingDocument } from '../generated/operations';
import { PagedList } from '../lists/paged-list';
import { useStore } from '../store/use-store';
import { type Named, type Naming, whatHappened } from './later-entries';
import { LaterLinks } from './later-links';
import { toPage } from './lists';

interface WhatFollowedProps {
  readonly entry: Named;
  /** Differs after every change of the entry's figures. */
  readonly version: unknown;
}

const pageEntries = 50;

/** Links an entry with those that name it, the newest first, however much later they came. */
export default function WhatFollowed({ entry, version }: WhatFollowedProps) {
  const client = useApolloClient();
  const { id, __typename } = entry;
  const list = useMemo(() => namingList(client, { id, __typename }), [client, id, __typename]);
  const { rows, phase, hasMore, error } = useStore(list.store);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version has more entries.
  useEffect(() => void list.reload(), [list, version]);
  if (rows.length === 0 && phase !== 'failed') return null;
  return (
    <section className="panel" aria-labelledby="later">
      <h2 id="later">What followed</h2>
      {phase === 'failed' && (
        <LoadError what="what followed" error={error} onRetry={() => void list.reload()} />
      )}
      <p className="entry-when">
        <LaterLinks later={rows.flatMap((naming) => whatHappened(naming, entry))} />
      </p>
      {hasMore && (
        <button type="button" className="quiet" onClick={() => void list.loadMore()}>
          Show older ones
        </button>
      )}
    </section>
  );
}

function namingList(client: ApolloClient, { id, __typename }: Named): PagedList<Naming> {
  return new PagedList({
    async loadPage(after) {
      const ofGrant = __typename === 'Transaction';
      const { data } = await client.query({
        query: ShowNamingDocument,
        variables: { id, ofGrant, first: pageEntries, after },
        fetchPolicy: 'no-cache',
      });
      return toPage(data?.entry?.namedBy);
    },
  });
}
