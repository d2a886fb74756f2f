import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { Figure } from '../format/isolated';
import { LoadError } from '../frame/load-error';
import { ShowHoldsDocument } from '../generated/operations';
import { OpenHold } from './open-hold';

interface OpenHoldsProps {
  readonly accountId: string;
  /** Differs after every change of the account. */
  readonly version: unknown;
  readonly onDone: () => void;
}

const holdsShown = 20;

/** Lists the holds that end next, each with what can be done with it. */
export function OpenHolds({ accountId, version, onDone }: OpenHoldsProps) {
  const { data, error, refetch } = useQuery(ShowHoldsDocument, {
    variables: { id: accountId, first: holdsShown },
    fetchPolicy: 'no-cache',
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is read again for every version.
  useEffect(() => void refetch(), [version, refetch]);
  const { nodes = [], pageInfo } = data?.account?.holds ?? {};
  return (
    <section className="panel" aria-labelledby="holds">
      <h2 id="holds">Held</h2>
      {error && <LoadError what="the holds" error={error} onRetry={() => void refetch()} />}
      <ul className="holds">
        {nodes.map((hold) => (
          <li key={hold.id}>
            <OpenHold accountId={accountId} hold={hold} onDone={onDone} />
          </li>
        ))}
      </ul>
      {pageInfo?.hasNextPage === true && (
        <p className="hint">
          The <Figure value={holdsShown} /> holds that end next are shown.
        </p>
      )}
    </section>
  );
}
