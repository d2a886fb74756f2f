import { useApolloClient, useQuery } from '@apollo/client/react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { serverState } from '../client/server-state';
import { ShowAccountDocument } from '../generated/operations';
import { historyList, lotList } from './lists';
import { throttled } from './throttle';
import { useKeptLists } from './use-kept-lists';

const refreshEveryMs = 400;

/**
 * Reads an account and its lists. `refresh` reloads what is shown; it is throttled, so it may be
 * called at any rate.
 */
export function useAccount(id: string) {
  const client = useApolloClient();
  const query = useQuery(ShowAccountDocument, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  const lots = useMemo(() => lotList(client, id), [client, id]);
  const history = useMemo(() => historyList(client, id), [client, id]);
  const lotsSeen = useRef(0);
  const onLotsSeen = useCallback((count: number) => {
    lotsSeen.current = count;
  }, []);
  const { refetch } = query;
  const refresh = useMemo(
    () =>
      throttled(
        () => Promise.all([refetch(), lots.reload(lotsSeen.current), history.reload()]),
        refreshEveryMs,
      ),
    [refetch, lots, history],
  );
  useEffect(() => serverState.onReturn(refresh), [refresh]);
  useKeptLists(lots, history);
  return { query, lots, history, refresh, onLotsSeen };
}
