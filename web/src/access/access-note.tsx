import { useApolloClient } from '@apollo/client/react';
import { socket } from '../client/socket';
import { Name } from '../format/isolated';
import { useStore } from '../store/use-store';
import { access, type Principal } from './access';
import { credential } from './credential';

/** Shows whose key or token is used and what it may do; nothing if none is needed. */
export function AccessNote() {
  const state = useStore(access);
  const client = useApolloClient();
  if (state.phase !== 'known' || state.principal === null) return null;
  const { name, scopes } = state.principal;
  const forget = async () => {
    socket.terminate();
    // It would also cancel the query of what may be done without the key.
    await client.clearStore();
    credential.clear();
  };
  return (
    <section className="access-note" aria-label="Key or token">
      <p>
        Key or token “<Name>{name}</Name>”: {scopes.join(', ') || 'no scopes'}
        <Reach principal={state.principal} />.{' '}
        <button type="button" className="quiet" onClick={() => void forget()}>
          Forget it
        </button>
      </p>
    </section>
  );
}

function Reach({ principal }: { readonly principal: NonNullable<Principal> }) {
  const { accountId, accountPrefix } = principal;
  if (accountId !== null) {
    return (
      <>
        ; only the account “<Name>{accountId}</Name>”
      </>
    );
  }
  if (accountPrefix === null) return null;
  return (
    <>
      ; only accounts that begin with “<Name>{accountPrefix}</Name>”
    </>
  );
}
