import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import { FieldFault } from './field-fault';

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly fault: string | null;
  readonly hint?: ReactNode;
  readonly onText: (text: string) => void;
}

/** An input with its label, what helps to fill it in, and what is wrong with it. */
export function TextField({ label, fault, hint, onText, ...input }: TextFieldProps) {
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
        aria-invalid={fault !== null}
        aria-describedby={`${id}-fault ${id}-hint`}
      />
      <FieldFault id={`${id}-fault`} words={fault} />
      <div className="hint" id={`${id}-hint`}>
        {hint}
      </div>
    </div>
  );
}
