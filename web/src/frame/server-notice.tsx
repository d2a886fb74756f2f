import { useSyncExternalStore } from 'react';
import { serverState } from '../client/server-state';

/** A line under the masthead while the server does not answer. */
export function ServerNotice() {
  const phase = useSyncExternalStore(serverState.subscribe, serverState.now);
  return (
    <div role="status">
      {phase === 'away' && (
        <p className="notice">
          The server does not answer. What you see may be old; it is asked again every two seconds.{' '}
          <button type="button" className="quiet" onClick={() => void serverState.probe()}>
            Ask now
          </button>
        </p>
      )}
    </div>
  );
}
