import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { Link } from 'wouter';
import { navigate } from 'wouter/use-browser-location';
import { ActionButton } from '../access/action-button';
import { errorText } from '../client/errors';
import { Figure } from '../format/isolated';
import { accountPath, importPath } from '../frame/paths';
import { exampleAccountId, runWorkedExample } from './worked-example';

/** Offers, while the ledger has no account, the worked example and the import. */
export function EmptyLedger() {
  const client = useApolloClient();
  const [state, setState] = useState<'idle' | 'busy' | { readonly problem: string }>('idle');
  const run = async () => {
    if (state === 'busy') return;
    setState('busy');
    try {
      await runWorkedExample(client);
      navigate(accountPath(exampleAccountId));
    } catch (error) {
      setState({ problem: errorText(error) });
    }
  };
  return (
    <section className="empty">
      <h2>No points yet</h2>
      <p>
        See how it works: the example adds five transactions of three payers out of order, then
        spends <Figure value={5000} /> points, the oldest first.
      </p>
      <div className="buttons">
        <ActionButton
          scope="points:write"
          accountId={exampleAccountId}
          isBusy={state === 'busy'}
          onClick={() => void run()}
        >
          {state === 'busy' ? 'Loading the example …' : 'Load the worked example'}
        </ActionButton>
        <Link href={importPath} className="button">
          Import a file
        </Link>
      </div>
      {typeof state === 'object' && (
        <p className="field-problem" role="alert">
          {state.problem}
        </p>
      )}
    </section>
  );
}
