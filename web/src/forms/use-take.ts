import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { fromLocalInput, momentProblem, toLocalInput } from '../format/dates';
import { useClock } from '../format/use-clock';
import { HoldDocument, SpendDocument } from '../generated/operations';
import { allPayers, type ChosenPayers, type PayerChoice, readChoice } from './payer-choice';
import { halfTyped, readPositive, referenceOf, referenceProblems } from './read-change';
import { refusalsByField } from './refusal-text';
import { type Payload, useCommand } from './use-command';
import { type PreviewedSpend, usePreview } from './use-preview';

export type TakeKind = 'spend' | 'hold';

export interface TakenPayload extends Payload {
  /** The spend or the hold; null if it was refused. */
  readonly entry: { readonly points: number; readonly sequence: number } | null;
}

interface Take extends PreviewedSpend {
  readonly reference: string | null;
  /** The end of a hold; null for a spend. */
  readonly expiresAt: string | null;
}

/** A message about a field; null if there is none. */
export type Problem = ReactNode;

const fields = ['points', 'payers', 'expiresAt', 'reference'] as const;
type Field = (typeof fields)[number];
type Problems = { readonly [Name in Field]?: ReactNode };

interface Draft {
  readonly points: string;
  readonly payers: ChosenPayers;
  readonly upTo: boolean;
  /** The end of a hold. Null while it is a day after the clock. */
  readonly expiresAt: string | null;
  readonly reference: string;
}

const emptyDraft: Draft = {
  points: '',
  payers: allPayers,
  upTo: false,
  expiresAt: null,
  reference: '',
};

interface TakeOptions {
  readonly kind: TakeKind;
  readonly accountId: string;
  /** Differs after every change of the account. */
  readonly version: unknown;
  readonly onDone: () => void;
}

/** Returns the state of a form that spends or holds points, with a preview of what it takes. */
export function useTake({ kind, accountId, version, onDone }: TakeOptions) {
  const [draft, setDraft] = useState(emptyDraft);
  const [problems, setProblems] = useState<Problems>({});
  const { sending, run, reset } = useTakeCommand();
  const isSending = sending.phase === 'sending';
  const end = useEnd(draft.expiresAt);
  const read = readDraft(kind, draft, end);
  const { requested, payers } = read;
  const spend = spendOf(accountId, requested, payers, draft.upTo);
  const previewing = usePreview(spend, version);
  const put = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    setProblems({});
    reset();
  };
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isSending) return;
    const found = { ...read.problems, ...halfTyped(event.currentTarget) };
    setProblems(found);
    if (Object.keys(found).length > 0 || spend === null) return;
    // A retry after no response has the same end, and thus the same idempotency key.
    setDraft({ ...draft, expiresAt: end });
    const { reference, expiresAt } = read;
    const outcome = await run({ ...spend, reference, expiresAt });
    if (outcome === 'refused') setDraft(draft);
    if (outcome !== 'done') return;
    setDraft(emptyDraft);
    onDone();
  };
  const refusals =
    sending.phase === 'refused' ? sending.payload.errors : (previewing.preview?.errors ?? []);
  const refused: Problems = refusalsByField(refusals, requested, fields, {
    whose: payers === null ? 'This account has ' : 'These payers have ',
    taken: kind === 'spend' ? 'spent' : 'held',
  });
  const shown: Problems = { ...refused, ...problems };
  return { draft, end, put, submit, requested, previewing, sending, isSending, problems: shown };
}

const dayMs = 86_400_000;

/** Returns the end in the field: it is a day after the clock until it is edited. */
function useEnd(edited: string | null): string {
  const now = useClock();
  return edited ?? toLocalInput(new Date(now.getTime() + dayMs));
}

type ReadChoice = PayerChoice | null | string;

/** Reads the fields, and the messages about those that are invalid. */
function readDraft(kind: TakeKind, draft: Draft, end: string) {
  const points = readPositive(draft.points);
  const payers = readChoice(draft.payers);
  const reference = referenceOf(draft.reference);
  const instant = kind === 'hold' ? fromLocalInput(end) : null;
  const problems: Problems = {
    ...(typeof points === 'string' && { points }),
    ...(typeof payers === 'string' && { payers }),
    ...(kind === 'hold' && instant === null && { expiresAt: momentProblem(end) }),
    ...referenceProblems(reference),
  };
  const requested = typeof points === 'number' ? points : null;
  return { requested, payers, reference, expiresAt: instant?.toISOString() ?? null, problems };
}

/** Returns what to preview and to send; null if it is incomplete. */
function spendOf(
  accountId: string,
  points: number | null,
  payers: ReadChoice,
  upTo: boolean,
): PreviewedSpend | null {
  return points === null || typeof payers === 'string' ? null : { accountId, points, payers, upTo };
}

function useTakeCommand() {
  const client = useApolloClient();
  return useCommand<Take, TakenPayload>(({ expiresAt, ...spend }) =>
    expiresAt === null ? sendSpend(client, spend) : sendHold(client, { ...spend, expiresAt }),
  );
}

type Sent = Omit<Take, 'expiresAt'> & { readonly idempotencyKey: string };

async function sendSpend(client: ApolloClient, input: Sent): Promise<TakenPayload> {
  const { data } = await client.mutate({ mutation: SpendDocument, variables: { input } });
  const { spend, ...payload } = data!.spendPoints!;
  return { ...payload, entry: spend };
}

async function sendHold(
  client: ApolloClient,
  input: Sent & { readonly expiresAt: string },
): Promise<TakenPayload> {
  const { data } = await client.mutate({ mutation: HoldDocument, variables: { input } });
  const { hold, ...payload } = data!.holdPoints!;
  return { ...payload, entry: hold };
}
