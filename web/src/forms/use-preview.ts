import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { LookAheadDocument, type LookAheadQuery } from '../generated/operations';

export type Preview = LookAheadQuery['previewSpend'];

const typingPauseMs = 250;

/**
 * What a spend of so many points would take now; null while that is not known. It is asked again
 * when the number changes, after a pause in typing, and whenever `version` does.
 */
export function usePreview(
  accountId: string,
  points: number | null,
  version: unknown,
): Preview | null {
  const client = useApolloClient();
  const [known, setKnown] = useState<{ readonly points: number; readonly preview: Preview }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is another answer.
  useEffect(() => {
    if (points === null) return;
    let isWanted = true;
    const ask = async () => {
      const variables = { input: { accountId, points } };
      const answer = await client.query({
        query: LookAheadDocument,
        variables,
        fetchPolicy: 'no-cache',
      });
      if (isWanted && answer.data) setKnown({ points, preview: answer.data.previewSpend });
    };
    // A preview that does not come is only missed: the button works without it.
    const timer = setTimeout(() => void ask().catch(() => {}), typingPauseMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [client, accountId, points, version]);
  return known?.points === points ? known.preview : null;
}
