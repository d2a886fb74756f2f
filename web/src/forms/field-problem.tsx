import type { ReactNode } from 'react';

interface FieldProblemProps {
  readonly id: string;
  readonly text: ReactNode;
}

/** Shows the message about a field. The input's `aria-describedby` names its id. */
export function FieldProblem({ id, text }: FieldProblemProps) {
  return (
    <p className="field-problem" id={id} aria-live="polite">
      {text}
    </p>
  );
}
