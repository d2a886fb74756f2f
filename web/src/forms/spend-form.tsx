import { useEffect } from 'react';
import { type Taking, takingOf } from '../account/taking';
import { formatPoints } from '../format/numbers';
import { Outcome } from './outcome';
import { PreviewedPayers } from './previewed-payers';
import { TextField } from './text-field';
import type { Preview } from './use-preview';
import { type SpendAnswer, useSpend } from './use-spend';

interface SpendFormProps {
  readonly accountId: string;
  /** Changes with every change of the account. */
  readonly version: unknown;
  /** Told, while the form is shown, what the spend that stands in the form would take; null when none does. */
  readonly onTaking: (taking: Taking | null) => void;
  readonly onDone: () => void;
  readonly isShown: boolean;
}

export function SpendForm(props: SpendFormProps) {
  const { accountId, version, onTaking, onDone, isShown } = props;
  const spend = useSpend(accountId, version, onDone);
  const { draft, put, submit, asked, previewing, sending, isSending, faults } = spend;
  useTaking(isShown ? asked : null, previewing.preview, onTaking);
  const field = (name: keyof typeof draft) => ({
    value: draft[name],
    onText: (text: string) => put({ [name]: text }),
    fault: faults[name] ?? null,
    readOnly: isSending,
  });
  return (
    <form onSubmit={submit} noValidate>
      <TextField label="Points" inputMode="numeric" {...field('points')} />
      <TextField
        label="Reference (optional)"
        hint="Your own words for it: an order, a reward."
        {...field('reference')}
      />
      <PreviewedPayers {...previewing} />
      <button type="submit" className="primary" aria-disabled={isSending}>
        {asked === null ? 'Spend' : `Spend ${formatPoints(asked)}`}
      </button>
      <Outcome sending={sending} describe={describe} />
    </form>
  );
}

/** Lets the pictures beside the form show what it would take. */
function useTaking(
  points: number | null,
  preview: Preview | null,
  onTaking: (taking: Taking | null) => void,
): void {
  useEffect(() => {
    const deductions = preview?.deductions ?? [];
    const isKnown = points !== null && deductions.length > 0;
    onTaking(isKnown ? takingOf(points, deductions) : null);
  }, [points, preview, onTaking]);
  useEffect(() => () => onTaking(null), [onTaking]);
}

function describe({ spend }: SpendAnswer): string {
  return `Spent ${formatPoints(spend!.points)}, as entry #${formatPoints(spend!.sequence)}.`;
}
