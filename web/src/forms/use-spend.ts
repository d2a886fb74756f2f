import { useApolloClient } from '@apollo/client/react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { SpendDocument, type SpendMutation } from '../generated/operations';
import { allPayers, type ChosenPayers, type PayerChoice, readChoice } from './payer-choice';
import { readPositive, referenceOf, referenceProblems } from './read-change';
import { refusalsByField } from './refusal-text';
import { useCommand } from './use-command';
import { type PreviewedSpend, usePreview } from './use-preview';

export type SpendPayload = NonNullable<SpendMutation['spendPoints']>;

interface Spending extends PreviewedSpend {
  readonly reference: string | null;
}

/** A message about a field; null if there is none. */
export type Problem = ReactNode;

const fields = ['points', 'payers', 'reference'] as const;
type Field = (typeof fields)[number];
type Problems = { readonly [Name in Field]?: ReactNode };

interface Draft {
  readonly points: string;
  readonly payers: ChosenPayers;
  readonly upTo: boolean;
  readonly reference: string;
}

const emptyDraft: Draft = { points: '', payers: allPayers, upTo: false, reference: '' };

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
  const payers = readChoice(draft.payers);
  const spend = spendOf(accountId, requested, payers, draft.upTo);
  const { preview, previewError } = usePreview(spend, version);
  const put = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    setProblems({});
    reset();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    const reference = referenceOf(draft.reference);
    const found = problemsOf(points, payers, reference);
    setProblems(found);
    if (Object.keys(found).length > 0 || spend === null) return;
    if ((await run({ ...spend, reference })) !== 'done') return;
    setDraft(emptyDraft);
    onDone();
  };
  const refusals = sending.phase === 'refused' ? sending.payload.errors : (preview?.errors ?? []);
  const refused: Problems = refusalsByField(
    refusals,
    requested ?? 0,
    fields,
    payers === null ? 'This account has ' : 'These payers have ',
  );
  const shown: Problems = { ...refused, ...problems };
  const previewing = { preview, previewError };
  return { draft, put, submit, requested, previewing, sending, isSending, problems: shown };
}

type ReadChoice = PayerChoice | null | string;

/** Returns what to preview and to send; null if it is incomplete. */
function spendOf(
  accountId: string,
  points: number | null,
  payers: ReadChoice,
  upTo: boolean,
): PreviewedSpend | null {
  return points === null || typeof payers === 'string' ? null : { accountId, points, payers, upTo };
}

function problemsOf(
  points: number | string,
  payers: ReadChoice,
  reference: string | null,
): Problems {
  return {
    ...(typeof points === 'string' && { points }),
    ...(typeof payers === 'string' && { payers }),
    ...referenceProblems(reference),
  };
}

function useSpendCommand() {
  const client = useApolloClient();
  return useCommand<Spending, SpendPayload>(async (input) => {
    const response = await client.mutate({ mutation: SpendDocument, variables: { input } });
    return response.data!.spendPoints!;
  });
}
