import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { textProblem } from '../../../src/ledger/text';
import { FieldProblem } from '../forms/field-problem';
import { accountPath } from '../frame/paths';

interface FindAccountProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly hint: ReactNode;
}

/** Asks for the id of an account, and opens it as typed. */
export function FindAccount({ text, onText, hint }: FindAccountProps) {
  const id = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const open = (event: FormEvent) => {
    event.preventDefault();
    const found = textProblem(text);
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
            onText(target.value);
            setProblem(null);
          }}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-problem ${id}-hint`}
        />
        <button type="submit" className="primary">
          Open
        </button>
      </div>
      <FieldProblem id={`${id}-problem`} text={problem} />
      <p className="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </form>
  );
}
