import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { LookForPartsDocument, type LookForPartsQuery } from '../generated/operations';

export type TakenPart = LookForPartsQuery['previewSpend']['allocations'][number];

/** A reversal of a grant. */
interface Taking {
  readonly grantId: string;
  readonly accountId: string;
  readonly payer: string;
  readonly points: number;
  /** How many of the points are not free in the grant. */
  readonly beyond: number;
}

const typingPauseMs = 250;

/**
 * Loads which points of other grants could not be spent any more. A grant that is taken back loses
 * its own free points first; debits then cover the oldest free points of its payer. A spend of as
 * many points of the payer would take at least those. Null until they are known.
 *
 * @param version differs after every change.
 */
export function useTakenParts(
  taking: Taking | null,
  version: unknown,
): readonly TakenPart[] | null {
  const client = useApolloClient();
  const [loaded, setLoaded] = useState<{ readonly key: string; readonly parts: TakenPart[] }>();
  const key = JSON.stringify([taking, version]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key contains what is taken.
  useEffect(() => {
    if (taking === null) return;
    let isCurrent = true;
    const load = async () => {
      // The form works without these figures.
      const parts = await read(client, taking).catch(() => null);
      if (isCurrent && parts !== null) setLoaded({ key, parts });
    };
    const timer = setTimeout(() => void load(), typingPauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, key]);
  return loaded?.key === key ? loaded.parts : null;
}

async function read(
  client: ApolloClient,
  { grantId, accountId, payer, points, beyond }: Taking,
): Promise<TakenPart[] | null> {
  const input = { accountId, points, payers: { only: [payer] }, upTo: false };
  const { data } = await client.query({
    query: LookForPartsDocument,
    variables: { input },
    fetchPolicy: 'no-cache',
  });
  const allocations = data?.previewSpend.allocations ?? null;
  if (allocations === null) return null;
  return firstOf(
    allocations.filter(({ transaction }) => transaction.id !== grantId),
    beyond,
  );
}

function firstOf(parts: readonly TakenPart[], points: number): TakenPart[] {
  let rest = points;
  return parts
    .map((part) => {
      const taken = Math.min(rest, part.points);
      rest -= taken;
      return { ...part, points: taken };
    })
    .filter((part) => part.points > 0);
}
