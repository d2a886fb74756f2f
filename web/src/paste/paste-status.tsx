import type { ReactNode } from 'react';
import type { ImportRow } from '../../../src/import/read-import';
import type { Tally } from '../../../src/import/run-import';
import { Counted, Figure } from '../format/isolated';
import { RowProblems } from './row-problems';
import type { PasteSending } from './use-paste-command';
import type { Check } from './use-pasted';

/** Shows how many of the pasted rows can be sent, and what is wrong with the others. */
export function PasteCheck({ check }: { readonly check: Check }) {
  if (check.phase !== 'checked') return null;
  const { rows, refused } = check.pasted;
  return (
    <>
      <p className="checked" aria-live="polite">
        <Counted count={rows.length} one="row" /> can be sent
        <Sum rows={rows} />.
      </p>
      <RowProblems label="cannot be sent yet" rows={refused} />
    </>
  );
}

function Sum({ rows }: { readonly rows: readonly ImportRow[] }) {
  if (rows.length === 0) return null;
  const sum = rows.reduce((total, { input }) => total + input.points, 0);
  return (
    <>
      , <Counted count={sum} one="point" /> in total
    </>
  );
}

interface PasteOutcomeProps {
  readonly sending: PasteSending;
  readonly count: number;
}

/** Shows the state of the rows that were sent. */
export function PasteOutcome({ sending, count }: PasteOutcomeProps) {
  return (
    <p className={`outcome outcome-${sending.phase}`} role="status">
      {outcomeOf(sending, count)}
    </p>
  );
}

function outcomeOf(sending: PasteSending, count: number): ReactNode {
  switch (sending.phase) {
    case 'idle':
      return null;
    case 'sending':
      return sending.isRetrying ? (
        'No response. Sending again with the same keys, so that every row counts once.'
      ) : (
        <>
          Sending: <Figure value={sending.settled} /> of <Counted count={count} one="row" /> …
        </>
      );
    case 'done':
      return <Done {...sending.tally} />;
    case 'failed':
      return sending.text;
  }
}

function Done({ added, replayed, refused }: Tally) {
  return (
    <>
      Added <Counted count={added} one="row" />
      {refused > 0 && '; the others were refused'}.
      {replayed > 0 && (
        <>
          {' '}
          <Counted count={replayed} one="row" /> had been added earlier.
        </>
      )}
    </>
  );
}
