import { type FormEvent, useState } from 'react';
import { PageHeading } from '../frame/page-heading';
import { credential } from './credential';

/** What a header can hold. */
const shape = /^[\x21-\x7e]+$/;

/** Asks for a key or token. It is not a password of a person, so the browser must not save it. */
export function SignIn({ wasRefused }: { readonly wasRefused: boolean }) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const secret = text.trim();
    if (!shape.test(secret)) setProblem('Paste one key or token, without blanks.');
    else credential.set(secret);
  };
  const refusal = wasRefused ? 'The server does not accept the key or token that was sent.' : null;
  const shown = problem ?? refusal;
  return (
    <>
      <PageHeading title="Key or token">This server requires a key or token</PageHeading>
      <form onSubmit={submit} noValidate className="panel sign-in">
        <label htmlFor="credential">Key or token</label>
        <input
          id="credential"
          type="password"
          autoComplete="off"
          spellCheck={false}
          value={text}
          aria-describedby="credential-hint"
          aria-invalid={shown !== null}
          onChange={({ target }) => {
            setText(target.value);
            setProblem(null);
          }}
        />
        <p id="credential-hint" className="hint">
          It is kept for this tab only. The operator of the server creates keys with{' '}
          <code>points keys create</code>.
        </p>
        <p role="alert">{shown}</p>
        <button type="submit" className="primary">
          Continue
        </button>
      </form>
    </>
  );
}
