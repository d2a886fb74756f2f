import { useEffect, useState } from 'react';
import { counted, formatPoints } from '../format/numbers';
import { type ImportState, isRunning } from './import-run';

/** The progress of an import: rows, rate and time left. */
export function ImportProgress({ state }: { readonly state: ImportState }) {
  const { phase, survey, tally, file, retryReason } = state;
  const total = survey?.rows ?? 0;
  return (
    <section className="panel" aria-labelledby="progress">
      <h2 id="progress">{file?.name}</h2>
      <progress
        aria-labelledby="progress"
        max={Math.max(1, total)}
        {...(survey !== null && { value: tally.rows })}
      />
      {survey !== null && (
        <dl className="figures">
          <Figure name="rows" value={`${formatPoints(tally.rows)} of ${formatPoints(total)}`} />
          <Figure name="added" value={formatPoints(tally.added)} />
          <Figure name="already added" value={formatPoints(tally.replayed)} />
          <Figure name="refused" value={formatPoints(tally.refused)} />
          <Figure name="rows per second" value={formatPoints(Math.round(rateOf(state)))} />
          <Figure name="time left" value={phase === 'sending' ? timeLeft(state) : '–'} />
        </dl>
      )}
      <p role="status">{statusText(state)}</p>
      {retryReason !== null && (
        <p className="notice" role="alert">
          {retryReason} Retrying with the same keys, so that every row counts once.
        </p>
      )}
    </section>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function rateOf({ tally, elapsedMs }: ImportState): number {
  return tally.rows / Math.max(0.001, elapsedMs / 1_000);
}

function timeLeft(state: ImportState): string {
  const { tally, survey } = state;
  if (tally.rows === 0) return '–';
  const seconds = Math.ceil(((survey?.rows ?? 0) - tally.rows) / rateOf(state));
  if (seconds < 60) return `${formatPoints(seconds)} s`;
  return `${formatPoints(Math.floor(seconds / 60))} min ${formatPoints(seconds % 60)} s`;
}

function statusText({ phase, tally, survey, problem }: ImportState): string | null {
  const left = counted((survey?.rows ?? 0) - tally.rows, 'row');
  switch (phase) {
    case 'idle':
      return null;
    case 'reading':
      return 'Reading the file …';
    case 'sending':
      return 'Sending. You can open other pages of the console; keep this tab open.';
    case 'stopping':
      return 'Stopping when the requests in flight have ended …';
    case 'stopped':
      return `Stopped with ${left} left. To continue, import the same file again: no row counts twice.`;
    case 'done':
      return tally.refused === 0
        ? 'Done: every row of the file is in the ledger.'
        : 'Done. The refused rows are below; the others are in the ledger.';
    case 'failed':
      return problem;
  }
}

/** Asks for confirmation before the tab is closed during an import. */
export function useLeaveGuard(state: ImportState): void {
  const [guard] = useState(() => (event: BeforeUnloadEvent) => event.preventDefault());
  const isBusy = isRunning(state);
  useEffect(() => {
    if (!isBusy) return;
    window.addEventListener('beforeunload', guard);
    return () => window.removeEventListener('beforeunload', guard);
  }, [isBusy, guard]);
}
