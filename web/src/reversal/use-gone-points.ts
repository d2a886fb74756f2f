import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { LookForLapsesDocument, type LookForLapsesQuery } from '../generated/operations';

interface Grant {
  readonly id: string;
  readonly expiresAt: string | null;
}

/** Past so many entries that name a grant, those about its expiry are not looked for. */
const entriesMax = 100;

/**
 * Returns how many points of a grant expired, as far as it is recorded. Null until it is known, and
 * if too many entries name the grant.
 *
 * @param version differs after every change.
 */
export function useGonePoints({ id, expiresAt }: Grant, version: unknown): number | null {
  const client = useApolloClient();
  const ends = expiresAt !== null;
  const [gone, setGone] = useState<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version has other figures.
  useEffect(() => {
    if (!ends) return;
    let isCurrent = true;
    const show = (found: number | null) => isCurrent && setGone(found);
    // The form works without this figure.
    look(client, id).then(show, () => show(null));
    return () => {
      isCurrent = false;
    };
  }, [client, id, ends, version]);
  return ends ? gone : 0;
}

async function look(client: ApolloClient, id: string): Promise<number | null> {
  const { data } = await client.query({
    query: LookForLapsesDocument,
    variables: { id, first: entriesMax },
    fetchPolicy: 'no-cache',
  });
  const naming = data?.entry?.namedBy;
  if (naming === undefined || naming.pageInfo.hasNextPage) return null;
  return naming.nodes
    .flatMap(lapsesOf)
    .filter(({ transaction }) => transaction.id === id)
    .reduce((sum, { expired, settled }) => sum + expired + settled, 0);
}

type Naming = NonNullable<LookForLapsesQuery['entry']>['namedBy']['nodes'][number];

function lapsesOf(naming: Naming) {
  if (naming.__typename === 'Lapse') return naming.lots;
  return 'lapses' in naming ? naming.lapses : [];
}
