import { useApolloClient } from '@apollo/client/react';
import { type FormEvent, useId, useState } from 'react';
import { toLocalInput } from '../format/dates';
import { formatPoints } from '../format/numbers';
import { AddOneDocument, type AddOneMutation } from '../generated/operations';
import { MomentField } from './moment-field';
import { Outcome } from './outcome';
import { type Change, changeFields, type Draft, type Faults, readChange } from './read-change';
import { refusalsByField } from './refusal-words';
import { TextField } from './text-field';
import { useCommand } from './use-command';

type Answer = NonNullable<AddOneMutation['addTransaction']>;

interface ChangeFormProps {
  readonly accountId: string;
  /** Whether points are added, or taken back from the payer. */
  readonly kind: 'add' | 'takeBack';
  /** Names that are offered; others can be typed. */
  readonly payers: readonly string[];
  readonly onDone: () => void;
}

const payersOfferedMax = 200;

const words = {
  add: { button: 'Add points', moment: 'Earned on', done: 'Added' },
  takeBack: { button: 'Take back', moment: 'Taken back on', done: 'Took back' },
} as const;

export function ChangeForm({ accountId, kind, payers, onDone }: ChangeFormProps) {
  const listId = useId();
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [faults, setFaults] = useState<Faults>({});
  const { sending, run, reset } = useAddOne();
  const put = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    setFaults({});
    reset();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (sending.phase === 'sending') return;
    const read = readChange(draft);
    setFaults('faults' in read ? read.faults : {});
    if ('faults' in read) return;
    const points = kind === 'add' ? read.change.points : -read.change.points;
    if (!(await run({ ...read.change, accountId, points }))) return;
    setDraft({ ...draft, points: '', reference: '' });
    onDone();
  };
  const refused = sending.phase === 'refused' ? sending.answer.errors : [];
  const shown: Faults = { ...refusalsByField(refused, askedOf(draft), changeFields), ...faults };
  return (
    <form onSubmit={submit} noValidate>
      <TextField
        label="Payer"
        list={listId}
        value={draft.payer}
        onText={(payer) => put({ payer })}
        fault={shown.payer ?? null}
      />
      <datalist id={listId}>
        {payers.slice(0, payersOfferedMax).map((payer) => (
          <option key={payer} value={payer} />
        ))}
      </datalist>
      <TextField
        label="Points"
        inputMode="numeric"
        value={draft.points}
        onText={(points) => put({ points })}
        fault={shown.points ?? null}
      />
      <MomentField
        label={words[kind].moment}
        value={draft.timestamp}
        onText={(timestamp) => put({ timestamp })}
        fault={shown.timestamp ?? null}
      />
      <TextField
        label="Reference (optional)"
        value={draft.reference}
        onText={(reference) => put({ reference })}
        fault={shown.reference ?? null}
        hint="Your own words for it: an order, a campaign."
      />
      <button type="submit" className="primary" aria-disabled={sending.phase === 'sending'}>
        {words[kind].button}
      </button>
      <Outcome sending={sending} describe={(answer) => describe(kind, answer)} />
    </form>
  );
}

function emptyDraft(): Draft {
  return { payer: '', points: '', timestamp: toLocalInput(new Date()), reference: '' };
}

function askedOf(draft: Draft): number {
  const read = readChange(draft);
  return 'change' in read ? read.change.points : 0;
}

function useAddOne() {
  const client = useApolloClient();
  return useCommand<Change & { readonly accountId: string }, Answer>(async (input) => {
    const answer = await client.mutate({ mutation: AddOneDocument, variables: { input } });
    return answer.data!.addTransaction!;
  });
}

function describe(kind: ChangeFormProps['kind'], { transaction }: Answer): string {
  const { payer, points, sequence } = transaction!;
  const preposition = kind === 'add' ? 'of' : 'from';
  return `${words[kind].done} ${formatPoints(Math.abs(points))} ${preposition} ${payer}, as entry #${formatPoints(sequence)}.`;
}
