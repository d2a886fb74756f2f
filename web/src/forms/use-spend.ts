import { useApolloClient } from '@apollo/client/react';
import { type FormEvent, useState } from 'react';
import { textFault } from '../../../src/ledger/text';
import { SpendDocument, type SpendMutation } from '../generated/operations';
import { readPositive } from './read-change';
import { refusalsByField } from './refusal-words';
import { useCommand } from './use-command';
import { usePreview } from './use-preview';

export type SpendAnswer = NonNullable<SpendMutation['spendPoints']>;

interface Spending {
  readonly accountId: string;
  readonly points: number;
  readonly reference: string | null;
}

const fields = ['points', 'reference'] as const;
type Field = (typeof fields)[number];
type Faults = { readonly [Name in Field]?: string };

const emptyDraft: Readonly<Record<Field, string>> = { points: '', reference: '' };

/**
 * The state of a form that spends points, and what the spend that stands in it would take.
 *
 * @param version changes with every change of the account.
 */
export function useSpend(accountId: string, version: unknown, onDone: () => void) {
  const [draft, setDraft] = useState(emptyDraft);
  const [faults, setFaults] = useState<Faults>({});
  const { sending, run, reset } = useSpendCommand();
  const isSending = sending.phase === 'sending';
  const points = readPositive(draft.points);
  const asked = typeof points === 'number' ? points : null;
  const { preview, previewFault } = usePreview(accountId, asked, version);
  const put = (part: Partial<typeof draft>) => {
    setDraft({ ...draft, ...part });
    setFaults({});
    reset();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    const found = faultsOf(points, draft.reference);
    setFaults(found);
    if (Object.keys(found).length > 0 || asked === null) return;
    const reference = draft.reference === '' ? null : draft.reference;
    if (!(await run({ accountId, points: asked, reference }))) return;
    setDraft(emptyDraft);
    onDone();
  };
  const refusals = sending.phase === 'refused' ? sending.answer.errors : (preview?.errors ?? []);
  const refused: Faults = refusalsByField(refusals, asked ?? 0, fields);
  const shown: Faults = { ...refused, ...faults };
  const previewing = { preview, previewFault };
  return { draft, put, submit, asked, previewing, sending, isSending, faults: shown };
}

function faultsOf(points: number | string, reference: string): Faults {
  const fault = reference === '' ? null : textFault(reference);
  return {
    ...(typeof points === 'string' && { points }),
    ...(fault !== null && { reference: `The reference ${fault}.` }),
  };
}

function useSpendCommand() {
  const client = useApolloClient();
  return useCommand<Spending, SpendAnswer>(async (input) => {
    const answer = await client.mutate({ mutation: SpendDocument, variables: { input } });
    return answer.data!.spendPoints!;
  });
}
