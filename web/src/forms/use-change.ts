import { useApolloClient } from '@apollo/client/react';
import { type SubmitEvent, useState } from 'react';
import { toLocalInput } from '../format/dates';
import { useClock } from '../format/use-clock';
import { AddOneDocument, type AddOneMutation } from '../generated/operations';
import {
  type Change,
  changeFields,
  type Draft,
  halfTyped,
  type Problems,
  readChange,
} from './read-change';
import { refusalsByField } from './refusal-text';
import { useCommand } from './use-command';

export type ChangePayload = NonNullable<AddOneMutation['addTransaction']>;

interface ChangeOptions {
  readonly accountId: string;
  /** 1 adds points, -1 takes them back. */
  readonly sign: 1 | -1;
  readonly onDone: () => void;
}

/** Returns the state of a form that adds points to an account or takes them back. */
export function useChange({ accountId, sign, onDone }: ChangeOptions) {
  const { draft, setDraft, freeze } = useDraft();
  const [problems, setProblems] = useState<Problems>({});
  const { sending, run, reset } = useAddOne();
  const isSending = sending.phase === 'sending';
  const put = (part: Partial<OwnInput>) => {
    setDraft(part);
    setProblems({});
    reset();
  };
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isSending) return;
    const read = readChange(draft);
    const found = { ...('problems' in read && read.problems), ...halfTyped(event.currentTarget) };
    setProblems(found);
    if ('problems' in read || Object.keys(found).length > 0) return;
    const unfreeze = freeze();
    const input = { ...read.change, accountId, points: sign * read.change.points };
    const outcome = await run(input);
    if (outcome !== 'failed') unfreeze();
    if (outcome !== 'done') return;
    setDraft({ points: '', reference: '' });
    onDone();
  };
  const refusals = sending.phase === 'refused' ? sending.payload.errors : [];
  const refused = refusalsByField(refusals, requestedOf(draft), changeFields);
  return { draft, put, submit, sending, isSending, problems: { ...refused, ...problems } };
}

type OwnInput = Omit<Draft, 'timestamp'> & {
  /** Null while the field follows the clock. */
  readonly timestamp: string | null;
};

/**
 * Holds the input. The timestamp follows the clock until it is edited. `freeze` keeps the current
 * timestamp, so that a retry has the same input and thus the same idempotency key; it returns the
 * function that undoes this.
 */
function useDraft() {
  const [own, setOwn] = useState<OwnInput>(emptyInput);
  const now = useClock();
  const draft: Draft = { ...own, timestamp: own.timestamp ?? toLocalInput(now) };
  const setDraft = (part: Partial<OwnInput>) => setOwn((before) => ({ ...before, ...part }));
  const freeze = () => {
    setDraft({ timestamp: draft.timestamp });
    return () => setDraft({ timestamp: own.timestamp });
  };
  return { draft, setDraft, freeze };
}

const emptyInput: OwnInput = {
  payer: '',
  points: '',
  timestamp: null,
  availableFrom: '',
  expiresAt: '',
  reference: '',
};

function requestedOf(draft: Draft): number {
  const read = readChange(draft);
  return 'change' in read ? read.change.points : 0;
}

function useAddOne() {
  const client = useApolloClient();
  return useCommand<Change & { readonly accountId: string }, ChangePayload>(async (input) => {
    const response = await client.mutate({ mutation: AddOneDocument, variables: { input } });
    return response.data!.addTransaction!;
  });
}
