import { useApolloClient } from '@apollo/client/react';
import { type FormEvent, useState } from 'react';
import { toLocalInput } from '../format/dates';
import { AddOneDocument, type AddOneMutation } from '../generated/operations';
import { type Change, changeFields, type Draft, type Problems, readChange } from './read-change';
import { refusalsByField } from './refusal-text';
import { useCommand } from './use-command';

export type ChangePayload = NonNullable<AddOneMutation['addTransaction']>;

/** Returns the state of a form that adds points to an account (`sign` 1) or takes them back (-1). */
export function useChange(accountId: string, sign: 1 | -1, onDone: () => void) {
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [problems, setProblems] = useState<Problems>({});
  const { sending, run, reset } = useAddOne();
  const isSending = sending.phase === 'sending';
  const put = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    setProblems({});
    reset();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    const read = readChange(draft);
    setProblems('problems' in read ? read.problems : {});
    if ('problems' in read) return;
    const input = { ...read.change, accountId, points: sign * read.change.points };
    if ((await run(input)) !== 'done') return;
    setDraft({ ...draft, points: '', reference: '' });
    onDone();
  };
  const refusals = sending.phase === 'refused' ? sending.payload.errors : [];
  const refused = refusalsByField(refusals, requestedOf(draft), changeFields);
  return {
    draft,
    put,
    submit,
    sending,
    isSending,
    problems: { ...refused, ...problems } as Problems,
  };
}

function emptyDraft(): Draft {
  return { payer: '', points: '', timestamp: toLocalInput(new Date()), reference: '' };
}

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
