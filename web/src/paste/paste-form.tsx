import { type FormEvent, useId, useState } from 'react';
import { ActionButton } from '../access/action-button';
import { randomKey } from '../client/intent-keys';
import { Counted } from '../format/isolated';
import { FieldProblem } from '../forms/field-problem';
import { PasteCheck, PasteOutcome } from './paste-status';
import { RowProblems } from './row-problems';
import { usePasteCommand } from './use-paste-command';
import { type Check, usePasted } from './use-pasted';

interface PasteFormProps {
  readonly accountId: string;
  readonly onDone: () => void;
}

const example = 'DANNON,300,2020-10-31T10:00:00Z\nUNILEVER,200,2020-10-31T11:00:00Z';

/** Adds rows copied from a table: checks them while they are edited and sends them together. */
export function PasteForm({ accountId, onDone }: PasteFormProps) {
  const { text, setText, check, sending, submit } = usePasteForm(accountId, onDone);
  const rows = check.phase === 'checked' ? check.pasted.rows : [];
  return (
    <form onSubmit={submit} noValidate>
      <RowsField
        text={text}
        onText={setText}
        check={check}
        readOnly={sending.phase === 'sending'}
      />
      <PasteCheck check={check} />
      <ActionButton scope="points:write" accountId={accountId} isBusy={rows.length === 0}>
        <span>Add {rows.length === 0 ? 'rows' : <Counted count={rows.length} one="row" />}</span>
      </ActionButton>
      <PasteOutcome sending={sending} count={rows.length} />
      {sending.phase === 'done' && (
        <RowProblems label="were refused and are left above" rows={sending.refused} />
      )}
    </form>
  );
}

function usePasteForm(accountId: string, onDone: () => void) {
  const [text, setText] = useState('');
  // Renewed only when the outcome of every row is known: until then a retry has the same keys.
  const [name, setName] = useState(randomKey);
  const check = usePasted(text, accountId, name);
  const { sending, send, reset } = usePasteCommand();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (sending.phase === 'sending' || check.phase !== 'checked') return;
    const { pasted } = check;
    if (pasted.rows.length === 0) return;
    const refused = await send(pasted);
    if (refused === null) return;
    const { leftToCorrect } = await import('./read-pasted');
    const left = [...pasted.refused, ...refused].toSorted((a, b) => a.line - b.line);
    const records = left.map(({ record }) => record);
    setText(leftToCorrect(records, pasted.header));
    setName(randomKey());
    onDone();
  };
  const edit = (edited: string) => {
    setText(edited);
    reset();
  };
  return { text, setText: edit, check, sending, submit };
}

interface RowsFieldProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly check: Check;
  readonly readOnly: boolean;
}

function RowsField({ text, onText, check, readOnly }: RowsFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>Rows</label>
      <textarea
        id={id}
        rows={7}
        value={text}
        readOnly={readOnly}
        onChange={({ target }) => onText(target.value)}
        placeholder={example}
        spellCheck={false}
        wrap="off"
        aria-invalid={check.phase === 'unreadable'}
        aria-describedby={`${id}-problem ${id}-hint`}
      />
      <FieldProblem id={`${id}-problem`} text={check.phase === 'unreadable' ? check.text : null} />
      <p className="hint" id={`${id}-hint`}>
        Payer, points, timestamp and an optional reference, copied from a table or as CSV. Negative
        points are taken back.
      </p>
    </div>
  );
}
