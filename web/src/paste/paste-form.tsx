import { type FormEvent, useId, useState } from 'react';
import type { ImportRow } from '../../../src/import/read-import';
import { randomKey } from '../client/intent-keys';
import { counted, formatPoints } from '../format/numbers';
import { FieldFault } from '../forms/field-fault';
import { retryWords } from '../forms/outcome';
import { RowFaults } from './row-faults';
import { type PasteSending, usePasteCommand } from './use-paste-command';
import { type Check, usePasted } from './use-pasted';

interface PasteFormProps {
  readonly accountId: string;
  readonly onDone: () => void;
}

const example = 'DANNON, 300, 2020-10-31T10:00:00Z\nUNILEVER, 200, 2020-10-31T11:00:00Z';

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
    const refused = await send(rows);
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
        {sendingWords(sending)}
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
  return `, ${formatPoints(sum)} points together`;
}

function sendingWords(sending: PasteSending): string | null {
  switch (sending.phase) {
    case 'idle':
      return null;
    case 'sending':
      if (sending.attempt > 1) return retryWords(sending.attempt);
      return `Sending: ${formatPoints(sending.sent)} of ${counted(sending.of, 'row')} …`;
    case 'answered':
      return sending.refused.length === 0
        ? `Added ${counted(sending.added, 'row')}.`
        : `Added ${counted(sending.added, 'row')}; the others were refused.`;
    case 'failed':
      return sending.words;
  }
}
