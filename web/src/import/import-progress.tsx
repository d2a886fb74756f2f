import { type ReactNode, useEffect, useState } from 'react';
import { Counted, Figure, Name } from '../format/isolated';
import { type ImportState, isSending } from './import-state';

/** Shows the progress of an import: rows, rate and time left. */
export function ImportProgress({ state }: { readonly state: ImportState }) {
  const { survey, tally, file, retryReason } = state;
  const total = survey?.rows ?? 0;
  return (
    <section className="panel" aria-labelledby="progress">
      <h2 id="progress">
        <Name>{file?.name ?? ''}</Name>
      </h2>
      <progress
        aria-labelledby="progress"
        max={Math.max(1, total)}
        {...(survey !== null && { value: tally.rows })}
      />
      {survey !== null && <Figures state={state} total={total} />}
      <p role="status">
        <Status {...state} />
      </p>
      {retryReason !== null && (
        <p className="notice" role="alert">
          {retryReason} Retrying with the same keys, so that every row counts once.
        </p>
      )}
    </section>
  );
}

interface FiguresProps {
  readonly state: ImportState;
  readonly total: number;
}

function Figures({ state, total }: FiguresProps) {
  return (
    <dl className="figures">
      <Fact name="rows">
        <Figure value={state.tally.rows} /> of <Figure value={total} />
      </Fact>
      <Fact name="added">
        <Figure value={state.tally.added} />
      </Fact>
      <Fact name="already added">
        <Figure value={state.tally.replayed} />
      </Fact>
      <Fact name="refused">
        <Figure value={state.tally.refused} />
      </Fact>
      {state.tally.skipped > 0 && (
        <Fact name="skipped as expired">
          <Figure value={state.tally.skipped} />
        </Fact>
      )}
      <Fact name="rows per second">
        <Figure value={Math.round(rateOf(state))} />
      </Fact>
      <Fact name="time left">{state.phase === 'sending' ? <TimeLeft state={state} /> : '–'}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function rateOf({ tally, elapsedMs }: ImportState): number {
  return tally.rows / Math.max(0.001, elapsedMs / 1_000);
}

function TimeLeft({ state }: { readonly state: ImportState }) {
  const { tally, survey } = state;
  if (tally.rows === 0) return '–';
  const seconds = Math.ceil(((survey?.rows ?? 0) - tally.rows) / rateOf(state));
  return (
    <>
      {seconds >= 60 && (
        <>
          <Figure value={Math.floor(seconds / 60)} /> min{' '}
        </>
      )}
      <Figure value={seconds % 60} /> s
    </>
  );
}

function Status({ phase, tally, survey, problem }: ImportState) {
  switch (phase) {
    case 'sending':
      return 'Sending. You can open other pages of the console; keep this tab open.';
    case 'stopping':
      return 'Stopping when the requests in flight have ended …';
    case 'stopped':
      return (
        <>
          Stopped with <Counted count={(survey?.rows ?? 0) - tally.rows} one="row" /> left. To
          continue, import the same file again: no row counts twice.
        </>
      );
    case 'done':
      return doneText(tally);
    case 'failed':
      return problem;
    default:
      return null;
  }
}

function doneText({ refused, skipped }: ImportState['tally']): string {
  const added = skipped === 0 ? 'the others' : 'the others, unless they were skipped as expired,';
  if (refused > 0) return `Done. The refused rows are below; ${added} are in the ledger.`;
  return skipped === 0
    ? 'Done: every row of the file is in the ledger.'
    : 'Done. Expired rows were skipped; the others are in the ledger.';
}

/** Asks for confirmation before the tab is closed during an import. */
export function useLeaveGuard(state: ImportState): void {
  const [guard] = useState(() => (event: BeforeUnloadEvent) => event.preventDefault());
  const isBusy = isSending(state);
  useEffect(() => {
    if (!isBusy) return;
    window.addEventListener('beforeunload', guard);
    return () => window.removeEventListener('beforeunload', guard);
  }, [isBusy, guard]);
}
