import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { faultWords } from '../client/faults';
import { serverState } from '../client/server-state';
import { LookAheadDocument, type LookAheadQuery } from '../generated/operations';

export type Preview = LookAheadQuery['previewSpend'];

export interface Previewing {
  /** Null while it is not known. */
  readonly preview: Preview | null;
  /** Why there is none, for a person; null unless it was asked for in vain. */
  readonly previewFault: string | null;
}

const typingPauseMs = 250;

/**
 * What a spend of so many points would take now. It is asked again when the number changes, after a
 * pause in typing, whenever `version` does, and when the server is back.
 */
export function usePreview(accountId: string, points: number | null, version: unknown): Previewing {
  const client = useApolloClient();
  const [known, setKnown] = useState<Previewing & { readonly points: number }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is another answer.
  useEffect(() => {
    if (points === null) return;
    let isWanted = true;
    const ask = async () => {
      const answer = await read(client, accountId, points);
      if (isWanted) setKnown({ points, ...answer });
    };
    const timer = setTimeout(() => void ask(), typingPauseMs);
    const forget = serverState.onReturn(() => void ask());
    return () => {
      isWanted = false;
      forget();
      clearTimeout(timer);
    };
  }, [client, accountId, points, version]);
  return known?.points === points ? known : nothingKnown;
}

const nothingKnown: Previewing = { preview: null, previewFault: null };

async function read(client: ApolloClient, accountId: string, points: number): Promise<Previewing> {
  try {
    const { data } = await client.query({
      query: LookAheadDocument,
      variables: { input: { accountId, points } },
      fetchPolicy: 'no-cache',
    });
    return { preview: data?.previewSpend ?? null, previewFault: null };
  } catch (error) {
    return { preview: null, previewFault: faultWords(error) };
  }
}
