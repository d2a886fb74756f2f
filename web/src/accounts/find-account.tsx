import { type FormEvent, useId, useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { textFault } from '../../../src/ledger/text';
import { FieldProblem } from '../forms/field-problem';
import { accountPath } from '../frame/paths';

/** Opens an account by its id. */
export function FindAccount() {
  const id = useId();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const open = (event: FormEvent) => {
    event.preventDefault();
    const found = textFault(text);
    if (found === null) navigate(accountPath(text));
    else setProblem(`The id ${found}.`);
  };
  return (
    <form className="find" onSubmit={open} noValidate>
      <label htmlFor={id}>Account id</label>
      <div className="find-row">
        <input
          id={id}
          type="search"
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setProblem(null);
          }}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-problem`}
        />
        <button type="submit" className="primary">
          Open
        </button>
      </div>
      <FieldProblem id={`${id}-problem`} text={problem} />
      <p className="hint">A new id opens too: its first points create the account.</p>
    </form>
  );
}
