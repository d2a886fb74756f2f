import { useId } from 'react';
import { ActionButton } from '../access/action-button';
import { Figure, Name } from '../format/isolated';
import { MomentField } from './moment-field';
import { Outcome } from './outcome';
import type { ChangeField } from './read-change';
import { TextField } from './text-field';
import { type ChangePayload, useChange } from './use-change';

interface ChangeFormProps {
  readonly accountId: string;
  /** `takeBack` sends negative points. */
  readonly kind: 'add' | 'takeBack';
  /** Suggested names; others can be typed too. */
  readonly payers: readonly string[];
  readonly onDone: () => void;
}

const suggestionsMax = 200;

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

export function ChangeForm(props: ChangeFormProps) {
  const { accountId, kind, payers, onDone } = props;
  const listId = useId();
  const labels = kinds[kind];
  const { draft, put, submit, sending, isSending, problems } = useChange({
    accountId,
    sign: labels.sign,
    onDone,
  });
  const field = (name: ChangeField) => ({
    name,
    value: draft[name],
    onText: (text: string) => put({ [name]: text }),
    problem: problems[name] ?? null,
    readOnly: isSending,
  });
  return (
    <form onSubmit={submit} noValidate>
      <TextField label="Payer" list={listId} {...field('payer')} />
      <PayerNames id={listId} payers={payers} />
      <TextField label="Points" inputMode="numeric" {...field('points')} />
      <MomentField label={labels.moment} {...field('timestamp')} />
      {kind === 'add' && (
        <>
          <MomentField label="Begins on (optional)" {...field('availableFrom')} />
          <MomentField label="Expires on (optional)" {...field('expiresAt')} />
        </>
      )}
      <TextField
        label="Reference (optional)"
        hint="Free text, such as an order or a campaign."
        {...field('reference')}
      />
      <ActionButton scope="points:write" accountId={accountId} isBusy={isSending}>
        {labels.button}
      </ActionButton>
      <Outcome sending={sending} describe={(payload) => describe(kind, payload)} />
    </form>
  );
}

function PayerNames({ id, payers }: { readonly id: string; readonly payers: readonly string[] }) {
  return (
    <datalist id={id}>
      {payers.slice(0, suggestionsMax).map((payer) => (
        <option key={payer} value={payer} />
      ))}
    </datalist>
  );
}

function describe(kind: ChangeFormProps['kind'], { transaction }: ChangePayload) {
  const { payer, points, sequence } = transaction!;
  const { done, whose } = kinds[kind];
  return (
    <>
      {done} <Figure value={Math.abs(points)} /> {whose} <Name>{payer}</Name>, as entry #
      <Figure value={sequence} />.
    </>
  );
}
