import { useApolloClient } from '@apollo/client/react';
import { type FormEvent, useState } from 'react';
import { toLocalInput } from '../format/dates';
import { AddOneDocument, type AddOneMutation } from '../generated/operations';
import { type Change, changeFields, type Draft, type Faults, readChange } from './read-change';
import { refusalsByField } from './refusal-words';
import { useCommand } from './use-command';

export type ChangeAnswer = NonNullable<AddOneMutation['addTransaction']>;

/** The state of a form that adds points to an account (`sign` 1) or takes them back (-1). */
export function useChange(accountId: string, sign: 1 | -1, onDone: () => void) {
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [faults, setFaults] = useState<Faults>({});
  const { sending, run, reset } = useAddOne();
  const isSending = sending.phase === 'sending';
  const put = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    setFaults({});
    reset();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    const read = readChange(draft);
    setFaults('faults' in read ? read.faults : {});
    if ('faults' in read) return;
    const input = { ...read.change, accountId, points: sign * read.change.points };
    if (!(await run(input))) return;
    setDraft({ ...draft, points: '', reference: '' });
    onDone();
  };
  const refusals = sending.phase === 'refused' ? sending.answer.errors : [];
  const refused = refusalsByField(refusals, askedOf(draft), changeFields);
  return { draft, put, submit, sending, isSending, faults: { ...refused, ...faults } as Faults };
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
  return useCommand<Change & { readonly accountId: string }, ChangeAnswer>(async (input) => {
    const answer = await client.mutate({ mutation: AddOneDocument, variables: { input } });
    return answer.data!.addTransaction!;
  });
}
