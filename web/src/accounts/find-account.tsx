import { type FormEvent, useId, useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { textFault } from '../../../src/ledger/text';
import { FieldFault } from '../forms/field-fault';
import { accountPath } from '../frame/paths';

/** Opens an account by its id; one that is not there yet can be begun on its page. */
export function FindAccount() {
  const id = useId();
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const open = (event: FormEvent) => {
    event.preventDefault();
    const found = textFault(text);
    if (found === null) navigate(accountPath(text));
    else setFault(`The id ${found}.`);
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
            setFault(null);
          }}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={fault !== null}
          aria-describedby={`${id}-fault`}
        />
        <button type="submit" className="primary">
          Open
        </button>
      </div>
      <FieldFault id={`${id}-fault`} words={fault} />
      <p className="hint">An id that is not there yet opens too: its first points begin it.</p>
    </form>
  );
}
