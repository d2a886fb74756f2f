interface FieldFaultProps {
  readonly id: string;
  readonly words: string | null;
}

/** What is wrong with a field, in the place that its input is described by. */
export function FieldFault({ id, words }: FieldFaultProps) {
  return (
    <p className="field-fault" id={id} aria-live="polite">
      {words}
    </p>
  );
}
