import { useApolloClient } from '@apollo/client/react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { SpendDocument, type SpendMutation } from '../generated/operations';
import { readPositive, referenceOf, referenceProblems } from './read-change';
import { refusalsByField } from './refusal-text';
import { useCommand } from './use-command';
import { usePreview } from './use-preview';

export type SpendPayload = NonNullable<SpendMutation['spendPoints']>;

interface Spending {
  readonly accountId: string;
  readonly points: number;
  readonly reference: string | null;
}

const fields = ['points', 'reference'] as const;
type Field = (typeof fields)[number];
type Problems = { readonly [Name in Field]?: ReactNode };

const emptyDraft: Readonly<Record<Field, string>> = { points: '', reference: '' };

/**
 * Returns the state of a form that spends points, with a preview of the spend in it.
 *
 * @param version differs after every change of the account.
 */
export function useSpend(accountId: string, version: unknown, onDone: () => void) {
  const [draft, setDraft] = useState(emptyDraft);
  const [problems, setProblems] = useState<Problems>({});
  const { sending, run, reset } = useSpendCommand();
  const isSending = sending.phase === 'sending';
  const points = readPositive(draft.points);
  const requested = typeof points === 'number' ? points : null;
  const { preview, previewError } = usePreview(accountId, requested, version);
  const put = (part: Partial<typeof draft>) => {
    setDraft({ ...draft, ...part });
    setProblems({});
    reset();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    const reference = referenceOf(draft.reference);
    const found = problemsOf(points, reference);
    setProblems(found);
    if (Object.keys(found).length > 0 || requested === null) return;
    if ((await run({ accountId, points: requested, reference })) !== 'done') return;
    setDraft(emptyDraft);
    onDone();
  };
  const refusals = sending.phase === 'refused' ? sending.payload.errors : (preview?.errors ?? []);
  const refused: Problems = refusalsByField(refusals, requested ?? 0, fields);
  const shown: Problems = { ...refused, ...problems };
  const previewing = { preview, previewError };
  return { draft, put, submit, requested, previewing, sending, isSending, problems: shown };
}

function problemsOf(points: number | string, reference: string | null): Problems {
  return { ...(typeof points === 'string' && { points }), ...referenceProblems(reference) };
}

function useSpendCommand() {
  const client = useApolloClient();
  return useCommand<Spending, SpendPayload>(async (input) => {
    const response = await client.mutate({ mutation: SpendDocument, variables: { input } });
    return response.data!.spendPoints!;
  });
}
