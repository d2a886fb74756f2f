import type { ImportRow } from '../../../src/import/read-import';
import type { Tally } from '../../../src/import/run-import';
import { counted, formatPoints } from '../format/numbers';
import { RowProblems } from './row-problems';
import type { PasteSending } from './use-paste-command';
import type { Check } from './use-pasted';

/** How many of the pasted rows can be sent, and what is wrong with the others. */
export function PasteCheck({ check }: { readonly check: Check }) {
  if (check.phase !== 'checked') return null;
  const { rows, refused } = check.pasted;
  return (
    <>
      <p className="checked" aria-live="polite">
        {counted(rows.length, 'row')} can be sent{sumText(rows)}.
      </p>
      <RowProblems label="cannot be sent yet" rows={refused} />
    </>
  );
}

function sumText(rows: readonly ImportRow[]): string {
  if (rows.length === 0) return '';
  const sum = rows.reduce((total, { input }) => total + input.points, 0);
  return `, ${counted(sum, 'point')} in total`;
}

interface PasteOutcomeProps {
  readonly sending: PasteSending;
  readonly count: number;
}

/** The state of the rows that were sent. */
export function PasteOutcome({ sending, count }: PasteOutcomeProps) {
  return (
    <p className={`outcome outcome-${sending.phase}`} role="status">
      {outcomeText(sending, count)}
    </p>
  );
}

function outcomeText(sending: PasteSending, count: number): string | null {
  switch (sending.phase) {
    case 'idle':
      return null;
    case 'sending':
      return sending.isRetrying
        ? 'No response. Sending again with the same keys, so that every row counts once.'
        : `Sending: ${formatPoints(sending.settled)} of ${counted(count, 'row')} …`;
    case 'done':
      return doneText(sending.tally);
    case 'failed':
      return sending.text;
  }
}

function doneText({ added, replayed, refused }: Tally): string {
  const earlier = replayed > 0 ? ` ${counted(replayed, 'row')} had been added earlier.` : '';
  const others = refused > 0 ? '; the others were refused' : '';
  return `Added ${counted(added, 'row')}${others}.${earlier}`;
}
