import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { errorText } from '../client/errors';
import { serverState } from '../client/server-state';
import { LookAheadDocument, type LookAheadQuery } from '../generated/operations';
import type { PayerChoice } from './payer-choice';

export type Preview = LookAheadQuery['previewSpend'];

export interface Previewing {
  /** Null until it is loaded. */
  readonly preview: Preview | null;
  /** Why the preview could not be loaded; null otherwise. */
  readonly previewError: string | null;
}

export interface PreviewedSpend {
  readonly accountId: string;
  readonly points: number;
  readonly payers: PayerChoice | null;
  readonly upTo: boolean;
}

const typingPauseMs = 250;

/**
 * Loads a preview of a spend. Reloads after a pause in typing when the spend changes, when
 * `version` changes, and when the server is reachable again.
 */
export function usePreview(spend: PreviewedSpend | null, version: unknown): Previewing {
  const client = useApolloClient();
  const [loaded, setLoaded] = useState<Previewing & { readonly key: string }>();
  const key = JSON.stringify(spend);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version has a new preview.
  useEffect(() => {
    if (spend === null) return;
    let isCurrent = true;
    const load = async () => {
      const result = await read(client, spend);
      if (isCurrent) setLoaded({ key, ...result });
    };
    const timer = setTimeout(() => void load(), typingPauseMs);
    const unlisten = serverState.onReturn(() => void load());
    return () => {
      isCurrent = false;
      unlisten();
      clearTimeout(timer);
    };
  }, [client, key, version]);
  return spend !== null && loaded?.key === key ? loaded : notLoaded;
}

const notLoaded: Previewing = { preview: null, previewError: null };

async function read(client: ApolloClient, input: PreviewedSpend): Promise<Previewing> {
  try {
    const { data } = await client.query({
      query: LookAheadDocument,
      variables: { input },
      fetchPolicy: 'no-cache',
    });
    return { preview: data?.previewSpend ?? null, previewError: null };
  } catch (error) {
    return { preview: null, previewError: errorText(error) };
  }
}
