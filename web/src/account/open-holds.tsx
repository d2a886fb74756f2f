import { useApolloClient } from '@apollo/client/react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Counted } from '../format/isolated';
import { LoadError } from '../frame/load-error';
import { useStore } from '../store/use-store';
import { holdList } from './lists';
import { OpenHold } from './open-hold';

interface OpenHoldsProps {
  readonly accountId: string;
  /** Differs after every change of the account. */
  readonly version: unknown;
  readonly onDone: () => void;
}

interface Outcome {
  readonly phase: 'done' | 'failed';
  readonly text: ReactNode;
}

/** Lists the open holds, the next to end first, each with what can be done with it. */
export function OpenHolds({ accountId, version, onDone }: OpenHoldsProps) {
  const client = useApolloClient();
  const list = useMemo(() => holdList(client, accountId), [client, accountId]);
  const { rows, phase, hasMore, error, isStale } = useStore(list.store);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is read again for every version.
  useEffect(() => void list.reload(list.store.state.rows.length), [list, version]);
  const heading = useRef<HTMLHeadingElement>(null);
  const [outcome, setOutcome] = useState<Outcome>({ phase: 'done', text: null });
  // It is said here: the pressed button may go away with its hold.
  const finish = (phase: Outcome['phase'], text: ReactNode) => {
    setOutcome({ phase, text });
    heading.current?.focus();
    onDone();
  };
  return (
    <section className="panel" aria-labelledby="holds">
      <h2 id="holds" ref={heading} tabIndex={-1}>
        Held
      </h2>
      {phase === 'failed' && (
        <LoadError what="the holds" error={error} onRetry={() => void list.reload()} />
      )}
      {isStale && <Stale onReload={() => void list.reload()} />}
      <p className={`outcome outcome-${outcome.phase}`} role="status">
        {outcome.text}
      </p>
      {rows.length === 0 && phase === 'ready' && <p className="hint">No points are held now.</p>}
      <ul className="holds">
        {rows.map((hold) => (
          <li key={hold.id}>
            <OpenHold
              accountId={accountId}
              hold={hold}
              onDone={(text) => finish('done', text)}
              onOver={(text) => finish('failed', text)}
            />
          </li>
        ))}
      </ul>
      {hasMore && (
        <p className="hint">
          The <Counted count={rows.length} one="hold" /> to end next.{' '}
          <button type="button" className="quiet" onClick={() => void list.loadMore()}>
            Show more
          </button>
        </p>
      )}
    </section>
  );
}

function Stale({ onReload }: { readonly onReload: () => void }) {
  return (
    <p className="notice">
      The account has changed since these holds were loaded.{' '}
      <button type="button" className="quiet" onClick={onReload}>
        Reload the holds
      </button>
    </p>
  );
}
