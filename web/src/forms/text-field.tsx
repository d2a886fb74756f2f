import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import { FieldProblem } from './field-problem';

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly problem: ReactNode;
  readonly hint?: ReactNode;
  readonly onText: (text: string) => void;
}

/** Renders an input with its label, a hint and a message. */
export function TextField({ label, problem, hint, onText, ...input }: TextFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        autoComplete="off"
        spellCheck={false}
        {...input}
        id={id}
        onChange={({ target }) => onText(target.value)}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-problem ${id}-hint`}
      />
      <FieldProblem id={`${id}-problem`} text={problem} />
      <div className="hint" id={`${id}-hint`}>
        {hint}
      </div>
    </div>
  );
}
