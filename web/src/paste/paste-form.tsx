import { type FormEvent, useId, useState } from 'react';
import type { ImportRow } from '../../../src/import/read-import';
import type { Tally } from '../../../src/import/run-import';
import { randomKey } from '../client/intent-keys';
import { counted, formatPoints } from '../format/numbers';
import { FieldFault } from '../forms/field-fault';
import { RowFaults } from './row-faults';
import { type PasteSending, usePasteCommand } from './use-paste-command';
import { type Check, usePasted } from './use-pasted';

interface PasteFormProps {
  readonly accountId: string;
  readonly onDone: () => void;
}

const example = 'DANNON,300,2020-10-31T10:00:00Z\nUNILEVER,200,2020-10-31T11:00:00Z';

/** Rows pasted from a table: checked one by one as they stand, and sent together. */
export function PasteForm({ accountId, onDone }: PasteFormProps) {
  const id = useId();
  const [text, setText] = useState('');
  // Renewed when all of it is answered: until then the same rows have the same keys.
  const [name, setName] = useState(randomKey);
  const check = usePasted(text, accountId, name);
  const { sending, send, reset } = usePasteCommand();
  const rows = check.phase === 'checked' ? check.pasted.rows : [];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (sending.phase === 'sending' || check.phase !== 'checked' || rows.length === 0) return;
    const refused = await send(check.pasted);
    if (refused === null) return;
    const { leftToCorrect } = await import('./read-pasted');
    const left = [...check.pasted.refused, ...refused].toSorted((a, b) => a.line - b.line);
    setText(
      leftToCorrect(
        left.map(({ record }) => record),
        check.pasted.header,
      ),
    );
    setName(randomKey());
    onDone();
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className="field">
        <label htmlFor={id}>Rows</label>
        <textarea
          id={id}
          rows={7}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            reset();
          }}
          placeholder={example}
          spellCheck={false}
          wrap="off"
          aria-invalid={check.phase === 'unreadable'}
          aria-describedby={`${id}-fault ${id}-hint`}
        />
        <FieldFault id={`${id}-fault`} words={check.phase === 'unreadable' ? check.words : null} />
        <p className="hint" id={`${id}-hint`}>
          Payer, points, timestamp and, if you like, a reference; copied from a table or as CSV.
          Negative points are taken back.
        </p>
      </div>
      <Checked check={check} />
      <button type="submit" className="primary" aria-disabled={rows.length === 0}>
        {rows.length === 0 ? 'Add rows' : `Add ${counted(rows.length, 'row')}`}
      </button>
      <p className={`outcome outcome-${sending.phase}`} role="status">
        {sendingWords(sending, rows.length)}
      </p>
      {sending.phase === 'answered' && (
        <RowFaults label="were refused and are left above" rows={sending.refused} />
      )}
    </form>
  );
}

function Checked({ check }: { readonly check: Check }) {
  if (check.phase !== 'checked') return null;
  const { rows, refused } = check.pasted;
  return (
    <>
      <p className="checked" aria-live="polite">
        {counted(rows.length, 'row')} can be sent{sumWords(rows)}.
      </p>
      <RowFaults label="cannot be sent yet" rows={refused} />
    </>
  );
}

function sumWords(rows: readonly ImportRow[]): string {
  if (rows.length === 0) return '';
  const sum = rows.reduce((total, { input }) => total + input.points, 0);
  return `, ${counted(sum, 'point')} together`;
}

function sendingWords(sending: PasteSending, count: number): string | null {
  switch (sending.phase) {
    case 'idle':
      return null;
    case 'sending':
      return sending.isAway
        ? 'No answer yet: sending again under the same keys, so that every row counts once.'
        : `Sending: ${formatPoints(sending.settled)} of ${counted(count, 'row')} …`;
    case 'answered':
      return answeredWords(sending.tally);
    case 'failed':
      return sending.words;
  }
}

function answeredWords({ added, replayed, refused }: Tally): string {
  const before = replayed > 0 ? ` ${counted(replayed, 'row')} had been added before.` : '';
  const others = refused > 0 ? '; the others were refused' : '';
  return `Added ${counted(added, 'row')}${others}.${before}`;
}
