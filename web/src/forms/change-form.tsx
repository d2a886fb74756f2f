import { useId } from 'react';
import { formatPoints } from '../format/numbers';
import { MomentField } from './moment-field';
import { Outcome } from './outcome';
import type { ChangeField } from './read-change';
import { TextField } from './text-field';
import { type ChangeAnswer, useChange } from './use-change';

interface ChangeFormProps {
  readonly accountId: string;
  /** Whether points are added, or taken back from the payer. */
  readonly kind: 'add' | 'takeBack';
  /** Names that are offered; others can be typed. */
  readonly payers: readonly string[];
  readonly onDone: () => void;
}

const payersOfferedMax = 200;

const kinds = {
  add: { sign: 1, button: 'Add points', moment: 'Earned on', done: 'Added', whose: 'of' },
  takeBack: {
    sign: -1,
    button: 'Take back',
    moment: 'Taken back on',
    done: 'Took back',
    whose: 'from',
  },
} as const;

export function ChangeForm({ accountId, kind, payers, onDone }: ChangeFormProps) {
  const listId = useId();
  const words = kinds[kind];
  const { draft, put, submit, sending, isSending, faults } = useChange(
    accountId,
    words.sign,
    onDone,
  );
  const field = (name: ChangeField) => ({
    value: draft[name],
    onText: (text: string) => put({ [name]: text }),
    fault: faults[name] ?? null,
    readOnly: isSending,
  });
  return (
    <form onSubmit={submit} noValidate>
      <TextField label="Payer" list={listId} {...field('payer')} />
      <PayerNames id={listId} payers={payers} />
      <TextField label="Points" inputMode="numeric" {...field('points')} />
      <MomentField label={words.moment} {...field('timestamp')} />
      <TextField
        label="Reference (optional)"
        hint="Your own words for it: an order, a campaign."
        {...field('reference')}
      />
      <button type="submit" className="primary" aria-disabled={isSending}>
        {words.button}
      </button>
      <Outcome sending={sending} describe={(answer) => describe(kind, answer)} />
    </form>
  );
}

function PayerNames({ id, payers }: { readonly id: string; readonly payers: readonly string[] }) {
  return (
    <datalist id={id}>
      {payers.slice(0, payersOfferedMax).map((payer) => (
        <option key={payer} value={payer} />
      ))}
    </datalist>
  );
}

function describe(kind: ChangeFormProps['kind'], { transaction }: ChangeAnswer): string {
  const { payer, points, sequence } = transaction!;
  const { done, whose } = kinds[kind];
  return `${done} ${formatPoints(Math.abs(points))} ${whose} ${payer}, as entry #${formatPoints(sequence)}.`;
}
