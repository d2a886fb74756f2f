import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { ActionButton } from '../access/action-button';
import { readPositive } from '../forms/read-change';
import { TextField } from '../forms/text-field';

export interface Part {
  readonly points: number;
  readonly keepRest: boolean;
}

interface CapturePartProps {
  readonly accountId: string;
  readonly isBusy: boolean;
  /** A refusal of the server. */
  readonly problem: ReactNode;
  readonly onEdit: () => void;
  readonly onCapture: (part: Part) => void;
}

/** Captures a part of a hold; the rest is given back or stays held. */
export default function CapturePart(props: CapturePartProps) {
  const { accountId, isBusy, problem, onEdit, onCapture } = props;
  const id = useId();
  const [text, setText] = useState('');
  const [keepRest, setKeepRest] = useState(false);
  const [ownProblem, setOwnProblem] = useState<string | null>(null);
  const edit = (change: () => void) => {
    change();
    setOwnProblem(null);
    onEdit();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const points = readPositive(text);
    setOwnProblem(typeof points === 'string' ? points : null);
    if (!isBusy && typeof points === 'number') onCapture({ points, keepRest });
  };
  return (
    <form onSubmit={submit} noValidate>
      <TextField
        label="Points to capture"
        inputMode="numeric"
        value={text}
        onText={(value) => edit(() => setText(value))}
        problem={ownProblem ?? problem ?? null}
        readOnly={isBusy}
      />
      <label className="checkbox" htmlFor={id}>
        <input
          id={id}
          type="checkbox"
          checked={keepRest}
          disabled={isBusy}
          onChange={({ target }) => edit(() => setKeepRest(target.checked))}
        />
        Keep the rest held
      </label>
      <p className="hint">
        {keepRest ? 'The rest stays held until the hold ends.' : 'The rest is given back at once.'}
      </p>
      <ActionButton scope="points:spend" accountId={accountId} isBusy={isBusy}>
        Capture this part
      </ActionButton>
    </form>
  );
}
