import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { Link } from 'wouter';
import { navigate } from 'wouter/use-browser-location';
import { faultWords } from '../client/faults';
import { formatPoints } from '../format/numbers';
import { accountPath, importPath } from '../frame/paths';
import { exampleAccountId, runWorkedExample } from './worked-example';

/** What to do where there is no account yet. */
export function EmptyLedger() {
  const client = useApolloClient();
  const [state, setState] = useState<'idle' | 'busy' | { readonly fault: string }>('idle');
  const run = async () => {
    setState('busy');
    try {
      await runWorkedExample(client);
      navigate(accountPath(exampleAccountId));
    } catch (error) {
      setState({ fault: faultWords(error) });
    }
  };
  return (
    <section className="empty">
      <h2>No points yet</h2>
      <p>
        See how it works: five transactions of three payers, arriving out of order, then{' '}
        {formatPoints(5000)} points spent, the oldest first.
      </p>
      <div className="buttons">
        <button type="button" className="primary" onClick={run} disabled={state === 'busy'}>
          {state === 'busy' ? 'Loading the example …' : 'Load the worked example'}
        </button>
        <Link href={importPath} className="button">
          Import a file
        </Link>
      </div>
      {typeof state === 'object' && (
        <p className="field-fault" role="alert">
          {state.fault}
        </p>
      )}
    </section>
  );
}
