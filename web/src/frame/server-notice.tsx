import { unreachableText } from '../client/errors';
import { serverState } from '../client/server-state';
import { useStore } from '../store/use-store';

/** Shows a line under the masthead while the server is unreachable. */
export function ServerNotice() {
  const phase = useStore(serverState.store);
  return (
    <div role="status">
      {phase === 'unreachable' && (
        <p className="notice">
          {unreachableText} What you see may be out of date. Retrying every two seconds.{' '}
          <button type="button" className="quiet" onClick={serverState.probeNow}>
            Retry now
          </button>
        </p>
      )}
    </div>
  );
}
