import { useApolloClient } from '@apollo/client/react';
import { Link } from 'wouter';
import { PageHeading } from '../frame/page-heading';
import { accountsPath } from '../frame/paths';
import { FilePicker } from '../import/file-picker';
import { ImportProgress, useLeaveGuard } from '../import/import-progress';
import { importRun, isRunning } from '../import/import-run';
import { RefusalsPanel } from '../import/refusals-panel';
import { rowSender } from '../import/row-sender';
import { useStore } from '../store/use-store';

export default function ImportPage() {
  const client = useApolloClient();
  const state = useStore(importRun.store);
  const { phase, file } = state;
  useLeaveGuard(state);
  return (
    <>
      <PageHeading title="Import">Import a file</PageHeading>
      {phase === 'idle' ? (
        <>
          <FilePicker
            onPick={(picked, options) => void importRun.start(picked, options, rowSender(client))}
          />
          <FormatHelp />
        </>
      ) : (
        <ImportProgress state={state} />
      )}
      {phase !== 'idle' && (
        <div className="buttons">
          {isRunning(state) ? (
            <button type="button" onClick={importRun.stop} disabled={phase === 'stopping'}>
              Stop
            </button>
          ) : (
            <>
              <button type="button" className="primary" onClick={importRun.reset}>
                {phase === 'done' ? 'Import another file' : 'Choose the file again'}
              </button>
              <Link className="button" href={accountsPath}>
                See the accounts
              </Link>
            </>
          )}
        </div>
      )}
      {file !== null && <RefusalsPanel state={state} />}
    </>
  );
}

const example = `account_id,payer,points,timestamp,reference
member-7,DANNON,300,2020-10-31T10:00:00Z,order 17
member-7,DANNON,-200,2020-10-31T15:00:00Z,`;

function FormatHelp() {
  return (
    <section className="panel format" aria-labelledby="format">
      <h2 id="format">What the file looks like</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls on narrow screens. */}
      <pre tabIndex={0}>{example}</pre>
      <p className="hint">
        The first line of a CSV names the columns, in any order: <code>payer</code>,{' '}
        <code>points</code> and <code>timestamp</code> are required; <code>account_id</code>,{' '}
        <code>reference</code> and <code>idempotency_key</code> are optional. NDJSON has one object
        per line. Negative points are taken back. Importing a file twice adds nothing twice.
      </p>
    </section>
  );
}
