import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { errorText } from '../client/errors';
import { serverState } from '../client/server-state';
import { LookAheadDocument, type LookAheadQuery } from '../generated/operations';

export type Preview = LookAheadQuery['previewSpend'];

export interface Previewing {
  /** Null until it is loaded. */
  readonly preview: Preview | null;
  /** Why the preview could not be loaded; null otherwise. */
  readonly previewError: string | null;
}

const typingPauseMs = 250;

/**
 * Loads a preview of a spend. Reloads after a pause in typing when `points` changes, when `version`
 * changes, and when the server is reachable again.
 */
export function usePreview(accountId: string, points: number | null, version: unknown): Previewing {
  const client = useApolloClient();
  const [loaded, setLoaded] = useState<Previewing & { readonly points: number }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version has a new preview.
  useEffect(() => {
    if (points === null) return;
    let isCurrent = true;
    const load = async () => {
      const result = await read(client, accountId, points);
      if (isCurrent) setLoaded({ points, ...result });
    };
    const timer = setTimeout(() => void load(), typingPauseMs);
    const unlisten = serverState.onReturn(() => void load());
    return () => {
      isCurrent = false;
      unlisten();
      clearTimeout(timer);
    };
  }, [client, accountId, points, version]);
  return loaded?.points === points ? loaded : notLoaded;
}

const notLoaded: Previewing = { preview: null, previewError: null };

async function read(client: ApolloClient, accountId: string, points: number): Promise<Previewing> {
  try {
    const { data } = await client.query({
      query: LookAheadDocument,
      variables: { input: { accountId, points } },
      fetchPolicy: 'no-cache',
    });
    return { preview: data?.previewSpend ?? null, previewError: null };
  } catch (error) {
    return { preview: null, previewError: errorText(error) };
  }
}
