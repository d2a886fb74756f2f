import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { LookForDebitsDocument } from '../generated/operations';

/** What a payer has now. */
export interface Standing {
  /** The balance. */
  readonly points: number;
  /** Unspent points that debits cover. */
  readonly debited: number;
}

/**
 * Reads what a payer has in an account. Null until it is known.
 *
 * @param version differs after every change.
 */
export function useStanding(accountId: string, payer: string, version: unknown): Standing | null {
  const client = useApolloClient();
  const [standing, setStanding] = useState<Standing | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version has other figures.
  useEffect(() => {
    let isCurrent = true;
    const show = (found: Standing | null) => isCurrent && setStanding(found);
    // The form works without these figures.
    read(client, accountId, payer).then(show, () => show(null));
    return () => {
      isCurrent = false;
    };
  }, [client, accountId, payer, version]);
  return standing;
}

async function read(client: ApolloClient, id: string, payer: string): Promise<Standing | null> {
  const { data } = await client.query({
    query: LookForDebitsDocument,
    variables: { id },
    fetchPolicy: 'no-cache',
  });
  return data?.account?.balances.find((each) => each.payer === payer) ?? null;
}
