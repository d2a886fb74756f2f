import { useEffect } from 'react';
import { ActionButton } from '../access/action-button';
import { type Taking, takingOf } from '../account/taking';
import { Figure } from '../format/isolated';
import { Outcome } from './outcome';
import { PayersField } from './payers-field';
import { PreviewedPayers } from './previewed-payers';
import { TextField } from './text-field';
import type { Preview } from './use-preview';
import { type SpendPayload, useSpend } from './use-spend';

interface SpendFormProps {
  readonly accountId: string;
  /** Those of the account. */
  readonly payers: readonly string[];
  /** Differs after every change of the account. */
  readonly version: unknown;
  /**
   * Called with what the spend in the form would take; null if there is none or the form is hidden.
   */
  readonly onTaking: (taking: Taking | null) => void;
  readonly onDone: () => void;
  readonly isShown: boolean;
}

export function SpendForm(props: SpendFormProps) {
  const { accountId, payers, version, onTaking, onDone, isShown } = props;
  const spend = useSpend(accountId, version, onDone);
  const { draft, put, submit, requested, previewing, sending, isSending, problems } = spend;
  useTaking(isShown ? previewing.preview : null, onTaking);
  const field = (name: 'points' | 'reference') => ({
    value: draft[name],
    onText: (text: string) => put({ [name]: text }),
    problem: problems[name] ?? null,
    readOnly: isSending,
  });
  return (
    <form onSubmit={submit} noValidate>
      <TextField label="Points" inputMode="numeric" {...field('points')} />
      <label className="checkbox">
        <input
          type="checkbox"
          checked={draft.upTo}
          disabled={isSending}
          onChange={({ target }) => put({ upTo: target.checked })}
        />
        As many as there are, up to these
      </label>
      <PayersField
        payers={payers}
        chosen={draft.payers}
        onChoose={(chosen) => put({ payers: chosen })}
        problem={problems.payers ?? null}
        readOnly={isSending}
      />
      <TextField
        label="Reference (optional)"
        hint="Free text, such as an order or a reward."
        {...field('reference')}
      />
      <PreviewedPayers {...previewing} />
      <ActionButton scope="points:spend" accountId={accountId} isBusy={isSending}>
        <span>
          Spend
          {requested !== null && (
            <>
              {draft.upTo ? ' up to ' : ' '}
              <Figure value={requested} />
            </>
          )}
        </span>
      </ActionButton>
      <Outcome sending={sending} describe={describe} />
    </form>
  );
}

/** Reports what the spend would take, so that the payers and the lots can show it. */
function useTaking(preview: Preview | null, onTaking: (taking: Taking | null) => void): void {
  useEffect(() => {
    const deductions = preview?.deductions ?? [];
    onTaking(deductions.length > 0 ? takingOf(deductions) : null);
  }, [preview, onTaking]);
  useEffect(() => () => onTaking(null), [onTaking]);
}

function describe({ spend }: SpendPayload) {
  return (
    <>
      Spent <Figure value={spend!.points} />, as entry #<Figure value={spend!.sequence} />.
    </>
  );
}
