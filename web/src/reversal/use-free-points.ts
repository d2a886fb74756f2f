import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { LookForLotDocument } from '../generated/operations';

interface Grant {
  readonly id: string;
  readonly accountId: string;
  readonly payer: string;
  readonly timestamp: string;
}

/** What a grant and its payer have now. */
export interface FreePoints {
  /** The free points of the grant. */
  readonly ofGrant: number;
  /** The payer's balance. */
  readonly ofPayer: number;
  /** Unspent points of the payer that debits cover; those of the grant are among them. */
  readonly covered: number;
}

const pageLots = 100;
/** Past so many older lots, the lot of the grant is not looked for. */
const pagesMax = 10;

/**
 * Looks for the lot of a grant. Null until it is known, and if too many older lots are open.
 *
 * @param version differs after every change.
 */
export function useFreePoints(grant: Grant, version: unknown): FreePoints | null {
  const client = useApolloClient();
  const [free, setFree] = useState<FreePoints | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version has another lot.
  useEffect(() => {
    let isCurrent = true;
    const show = (found: FreePoints | null) => isCurrent && setFree(found);
    // The form works without these figures.
    look(client, grant).then(show, () => show(null));
    return () => {
      isCurrent = false;
    };
  }, [client, grant.id, version]);
  return free;
}

async function look(client: ApolloClient, grant: Grant): Promise<FreePoints | null> {
  let after: string | null = null;
  for (let page = 0; page < pagesMax; page += 1) {
    const { account, isLast }: LotPage = await lotPage(client, grant, after);
    const balance = account?.balances.find(({ payer }) => payer === grant.payer);
    const [ofPayer, covered] = [balance?.points ?? 0, balance?.debited ?? 0];
    const lot = account?.lots.nodes.find(({ transaction }) => transaction.id === grant.id);
    if (lot !== undefined || isLast) {
      return { ofGrant: lot?.remaining ?? 0, ofPayer, covered };
    }
    after = account?.lots.pageInfo.endCursor ?? null;
  }
  return null;
}

type LotPage = Awaited<ReturnType<typeof lotPage>>;

async function lotPage(client: ApolloClient, grant: Grant, after: string | null) {
  const { data } = await client.query({
    query: LookForLotDocument,
    variables: { id: grant.accountId, first: pageLots, after },
    fetchPolicy: 'no-cache',
  });
  const account = data?.account ?? null;
  const youngest = account?.lots.nodes.at(-1)?.transaction.timestamp;
  const isPast = youngest !== undefined && Date.parse(youngest) > Date.parse(grant.timestamp);
  return { account, isLast: isPast || account?.lots.pageInfo.hasNextPage !== true };
}
