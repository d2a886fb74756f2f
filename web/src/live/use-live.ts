import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { serverState } from '../client/server-state';
import { isSocketOpen, socket } from '../client/socket';
import { ShowAccountDocument } from '../generated/operations';
import { AccountWatch, type LivePhase } from './account-watch';

/**
 * Subscribes to an account and calls `onChange` after every change.
 *
 * @param sequence the newest on the screen; undefined while it is unknown: nothing is subscribed.
 */
export function useLive(
  accountId: string,
  sequence: number | undefined,
  onChange: () => void,
): LivePhase {
  const client = useApolloClient();
  const [phase, setPhase] = useState<LivePhase>('connecting');
  const first = useRef(sequence);
  first.current ??= sequence;
  const isKnown = sequence !== undefined;
  useEffect(() => {
    if (!isKnown) return;
    const watch = new AccountWatch({
      client,
      socket,
      isSocketOpen,
      accountId,
      after: first.current ?? 0,
      readSequence: () => readSequence(client, accountId),
      onChange,
      onPhase: setPhase,
    });
    window.addEventListener('online', watch.hurry);
    const unlisten = serverState.onReturn(watch.hurry);
    return () => {
      window.removeEventListener('online', watch.hurry);
      unlisten();
      watch.stop();
    };
  }, [client, accountId, isKnown, onChange]);
  return phase;
}

async function readSequence(client: ApolloClient, id: string): Promise<number> {
  const { data } = await client.query({
    query: ShowAccountDocument,
    variables: { id },
    fetchPolicy: 'no-cache',
  });
  return data?.account?.history.nodes[0]?.sequence ?? 0;
}
