import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { ShowHistoryDocument } from '../generated/operations';
import { type Later, laterEntries } from './later-entries';
import { LaterLinks } from './later-links';
import type { Entry } from './lists';

interface WhatFollowedProps {
  readonly entry: {
    readonly id: string;
    readonly accountId: string;
    readonly sequence: number;
  };
  /** Differs after every change of the entry's figures. */
  readonly version: unknown;
}

const pageEntries = 100;
/** Past so many newer entries, older ones are not looked through. */
const pagesMax = 10;

/** Links an entry with its reversals, captures and releases, as far as they are found. */
export default function WhatFollowed({ entry, version }: WhatFollowedProps) {
  const client = useApolloClient();
  const [later, setLater] = useState<readonly Later[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version has more entries.
  useEffect(() => {
    let isCurrent = true;
    const show = (found: readonly Later[]) => isCurrent && setLater(found);
    // The page is complete without these links.
    look(client, entry).then(show, () => show([]));
    return () => {
      isCurrent = false;
    };
  }, [client, entry.id, version]);
  if (later.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="later">
      <h2 id="later">What followed</h2>
      <p className="entry-when">
        <LaterLinks later={later} />
      </p>
    </section>
  );
}

async function look(
  client: ApolloClient,
  entry: WhatFollowedProps['entry'],
): Promise<readonly Later[]> {
  const rows: Entry[] = [];
  let after: string | null = null;
  for (let page = 0; page < pagesMax; page += 1) {
    const history: HistoryPage = await historyPage(client, entry.accountId, after);
    rows.push(...(history?.nodes ?? []));
    const isPast = (rows.at(-1)?.sequence ?? 0) <= entry.sequence;
    if (isPast || history?.pageInfo.hasNextPage !== true) break;
    after = history.pageInfo.endCursor;
  }
  return laterEntries(rows).get(entry.id) ?? [];
}

type HistoryPage = Awaited<ReturnType<typeof historyPage>>;

async function historyPage(client: ApolloClient, id: string, after: string | null) {
  const { data } = await client.query({
    query: ShowHistoryDocument,
    variables: { id, first: pageEntries, after },
    fetchPolicy: 'no-cache',
  });
  return data?.account?.history;
}
