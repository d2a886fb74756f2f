import { useApolloClient } from '@apollo/client/react';
import { type FormEvent, useEffect, useState } from 'react';
import { textFault } from '../../../src/ledger/text';
import { type Taking, takingOf } from '../account/taking';
import { formatPoints } from '../format/numbers';
import { SpendDocument, type SpendMutation } from '../generated/operations';
import { Outcome } from './outcome';
import { PreviewedPayers } from './previewed-payers';
import { readPositive } from './read-change';
import { refusalsByField } from './refusal-words';
import { TextField } from './text-field';
import { useCommand } from './use-command';
import { usePreview } from './use-preview';

type Answer = NonNullable<SpendMutation['spendPoints']>;

interface SpendFormProps {
  readonly accountId: string;
  /** Changes with every change of the account. */
  readonly version: unknown;
  /** Told what the spend that stands in the form would take; null when none does. */
  readonly onTaking: (taking: Taking | null) => void;
  readonly onDone: () => void;
}

interface Spending {
  readonly accountId: string;
  readonly points: number;
  readonly reference: string | null;
}

const fields = ['points', 'reference'] as const;

export function SpendForm({ accountId, version, onTaking, onDone }: SpendFormProps) {
  const [text, setText] = useState('');
  const [reference, setReference] = useState('');
  const [faults, setFaults] = useState<{ points?: string; reference?: string }>({});
  const { sending, run, reset } = useSpend();
  const points = readPositive(text);
  const preview = usePreview(accountId, typeof points === 'number' ? points : null, version);
  useTaking(points, preview?.deductions ?? null, onTaking);
  const edit = (change: () => void) => {
    change();
    setFaults({});
    reset();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (sending.phase === 'sending') return;
    const fault = reference === '' ? null : textFault(reference);
    setFaults({
      ...(typeof points === 'string' && { points }),
      ...(fault !== null && { reference: `The reference ${fault}.` }),
    });
    if (typeof points === 'string' || fault !== null) return;
    if (!(await run({ accountId, points, reference: reference === '' ? null : reference }))) return;
    setText('');
    setReference('');
    onDone();
  };
  const refusals = sending.phase === 'refused' ? sending.answer.errors : (preview?.errors ?? []);
  const asked = typeof points === 'number' ? points : 0;
  const shown = { ...refusalsByField(refusals, asked, fields), ...faults };
  return (
    <form onSubmit={submit} noValidate>
      <TextField
        label="Points"
        inputMode="numeric"
        value={text}
        onText={(value) => edit(() => setText(value))}
        fault={shown.points ?? null}
      />
      <TextField
        label="Reference (optional)"
        value={reference}
        onText={(value) => edit(() => setReference(value))}
        fault={shown.reference ?? null}
        hint="Your own words for it: an order, a reward."
      />
      <PreviewedPayers preview={preview} />
      <button type="submit" className="primary" aria-disabled={sending.phase === 'sending'}>
        {asked > 0 ? `Spend ${formatPoints(asked)}` : 'Spend'}
      </button>
      <Outcome sending={sending} describe={describe} />
    </form>
  );
}

function useTaking(
  points: number | string,
  deductions: Parameters<typeof takingOf>[1] | null,
  onTaking: (taking: Taking | null) => void,
): void {
  useEffect(() => {
    const isKnown = typeof points === 'number' && deductions !== null && deductions.length > 0;
    onTaking(isKnown ? takingOf(points, deductions) : null);
  }, [points, deductions, onTaking]);
  useEffect(() => () => onTaking(null), [onTaking]);
}

function useSpend() {
  const client = useApolloClient();
  return useCommand<Spending, Answer>(async (input) => {
    const answer = await client.mutate({ mutation: SpendDocument, variables: { input } });
    return answer.data!.spendPoints!;
  });
}

function describe({ spend }: Answer): string {
  return `Spent ${formatPoints(spend!.points)}, as entry #${formatPoints(spend!.sequence)}.`;
}
