import { useApolloClient } from '@apollo/client/react';
import { Link } from 'wouter';
import { PageHeading } from '../frame/page-heading';
import { accountsPath } from '../frame/paths';
import { FilePicker } from '../import/file-picker';
import { FormatHelp } from '../import/format-help';
import { ImportProgress, useLeaveGuard } from '../import/import-progress';
import { ImportReview } from '../import/import-review';
import { importRun } from '../import/import-run';
import { type ImportState, isSending, isUnderReview } from '../import/import-state';
import { RefusalsPanel } from '../import/refusals-panel';
import { hasDefaultAccount, rowSender } from '../import/row-sender';
import { useStore } from '../store/use-store';

export default function ImportPage() {
  const state = useStore(importRun.store);
  useLeaveGuard(state);
  return (
    <>
      <PageHeading title="Import">Import a file</PageHeading>
      <ImportContent state={state} />
    </>
  );
}

function ImportContent({ state }: { readonly state: ImportState }) {
  const client = useApolloClient();
  if (state.phase === 'idle') {
    return (
      <>
        <FilePicker onPick={importRun.choose} />
        <FormatHelp />
      </>
    );
  }
  if (isUnderReview(state)) {
    const ledger = {
      send: rowSender(client),
      hasDefaultAccount: () => hasDefaultAccount(client),
    };
    return <ImportReview state={state} onImport={() => void importRun.start(ledger)} />;
  }
  return (
    <>
      <ImportProgress state={state} />
      <ImportButtons state={state} />
      <RefusalsPanel state={state} />
    </>
  );
}

function ImportButtons({ state }: { readonly state: ImportState }) {
  const { phase } = state;
  return (
    <div className="buttons">
      {isSending(state) ? (
        <button type="button" onClick={importRun.stop} disabled={phase === 'stopping'}>
          Stop
        </button>
      ) : (
        <>
          <button type="button" className="primary" onClick={importRun.reset}>
            {phase === 'done' ? 'Import another file' : 'Choose the file again'}
          </button>
          <Link className="button" href={accountsPath}>
            Show the accounts
          </Link>
        </>
      )}
    </div>
  );
}
