import { useApolloClient } from '@apollo/client/react';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { hasCode } from '../client/errors';
import { LoadError } from '../frame/load-error';
import { Loading } from '../frame/loading';
import { PrincipalDocument } from '../generated/operations';
import { useStore } from '../store/use-store';
import { access } from './access';
import { credential } from './credential';
import { SignIn } from './sign-in';

/** Shows the page once it is known what it may do, and asks for a key or token if one is needed. */
export function AccessGate({ children }: { readonly children: ReactNode }) {
  const { phase } = useStore(access);
  const sent = useStore(credential.store);
  const { error, load } = usePrincipal(sent);
  if (phase === 'known') return children;
  if (phase === 'needed') return <SignIn wasRefused={sent !== null} />;
  if (error !== null) return <LoadError what="the page" error={error} onRetry={load} />;
  return <Loading what="the page" />;
}

/** Queries whose key or token the server receives, and again whenever that changes. */
function usePrincipal(sent: string | null) {
  const client = useApolloClient();
  const [error, setError] = useState<unknown>(null);
  const load = useCallback(async () => {
    setError(null);
    access.set({ phase: 'unknown' });
    try {
      const { data } = await client.query({
        query: PrincipalDocument,
        fetchPolicy: 'no-cache',
      });
      if (credential.store.state === sent)
        access.set({ phase: 'known', principal: data!.principal });
    } catch (failure) {
      if (!hasCode(failure, ['UNAUTHENTICATED'])) setError(failure);
    }
  }, [client, sent]);
  useEffect(() => void load(), [load]);
  return { error, load: () => void load() };
}
