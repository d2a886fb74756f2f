import { useEffect } from 'react';
import { ActionButton } from '../access/action-button';
import { type Taking, takingOf } from '../account/taking';
import { Figure } from '../format/isolated';
import { MomentField } from './moment-field';
import { Outcome } from './outcome';
import { PayersField } from './payers-field';
import { PreviewedPayers } from './previewed-payers';
import { TextField } from './text-field';
import type { Preview } from './use-preview';
import { type TakeKind, type TakenPayload, useTake } from './use-take';

interface TakeFormProps {
  readonly kind: TakeKind;
  readonly accountId: string;
  /** Those of the account. */
  readonly payers: readonly string[];
  /** Differs after every change of the account. */
  readonly version: unknown;
  /** Called with what the form would take; null if that is nothing or the form is hidden. */
  readonly onTaking: (taking: Taking | null) => void;
  readonly onDone: () => void;
  readonly isShown: boolean;
}

const kinds = {
  spend: { button: 'Spend', preview: 'Would be paid by', done: 'Spent' },
  hold: { button: 'Hold', preview: 'Would be held of', done: 'Held' },
} as const;

/** Spends points, or holds them until they are captured or released or the hold ends. */
export function TakeForm(props: TakeFormProps) {
  const { kind, accountId, payers, version, onTaking, onDone, isShown } = props;
  const labels = kinds[kind];
  const take = useTake({ kind, accountId, version, onDone });
  const { draft, end, put, submit, requested, previewing, sending, isSending, problems } = take;
  useTaking(isShown ? previewing.preview : null, onTaking);
  const field = (name: 'points' | 'reference' | 'expiresAt') => ({
    name,
    value: name === 'expiresAt' ? end : draft[name],
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
      {kind === 'hold' && <MomentField label="Ends on" {...field('expiresAt')} />}
      <TextField
        label="Reference (optional)"
        hint="Free text, such as an order or a reward."
        {...field('reference')}
      />
      <PreviewedPayers {...previewing} title={labels.preview} />
      <ActionButton scope="points:spend" accountId={accountId} isBusy={isSending}>
        <span>
          {labels.button}
          {requested !== null && (
            <>
              {draft.upTo ? ' up to ' : ' '}
              <Figure value={requested} />
            </>
          )}
        </span>
      </ActionButton>
      <Outcome sending={sending} describe={(payload) => describe(labels.done, payload)} />
    </form>
  );
}

/** Reports what the form would take, so that the payers and the lots can show it. */
function useTaking(preview: Preview | null, onTaking: (taking: Taking | null) => void): void {
  useEffect(() => {
    const deductions = preview?.deductions ?? [];
    if (deductions.length === 0) return;
    onTaking(takingOf(deductions));
    // Before the next form reports.
    return () => onTaking(null);
  }, [preview, onTaking]);
}

function describe(done: string, { entry }: TakenPayload) {
  return (
    <>
      {done} <Figure value={entry!.points} />, as entry #<Figure value={entry!.sequence} />.
    </>
  );
}
