import { type FormEvent, type ReactNode, useState } from 'react';
import { readPositive, referenceOf, referenceProblems } from '../forms/read-change';
import { refusalsByField } from '../forms/refusal-text';
import { type Payload, useCommand } from '../forms/use-command';

interface Reversal {
  readonly accountId: string;
  /** Of the entry. */
  readonly id: string;
  /** Null for everything that can be reversed. */
  readonly points: number | null;
  readonly reference: string | null;
}

const fields = ['points', 'reference'] as const;
type Field = (typeof fields)[number];
type Problems = { readonly [Name in Field]?: ReactNode };

const emptyDraft: Readonly<Record<Field, string>> = { points: '', reference: '' };

interface ReversalOptions<Choice extends object, Result extends Payload> {
  readonly accountId: string;
  readonly id: string;
  /** What is sent besides. */
  readonly choice: Choice;
  readonly send: (
    input: Reversal & Choice & { readonly idempotencyKey: string },
  ) => Promise<Result>;
  /** Called when it was accepted or refused: what is shown of the entry may be stale. */
  readonly onEnd: () => void;
}

/**
 * Returns the state of a form that reverses an entry, fully or in part. `ended` counts what was
 * accepted or refused.
 */
export function useReversal<Choice extends object, Result extends Payload>(
  options: ReversalOptions<Choice, Result>,
) {
  const { accountId, id, choice, send, onEnd } = options;
  const [draft, setDraft] = useState(emptyDraft);
  const [problems, setProblems] = useState<Problems>({});
  const [ended, setEnded] = useState(0);
  const { sending, run, reset } = useCommand<Reversal & Choice, Result>(send, () => {
    setEnded((count) => count + 1);
    onEnd();
  });
  const isSending = sending.phase === 'sending';
  const points = draft.points.trim() === '' ? null : readPositive(draft.points);
  const put = (part: Partial<typeof draft>) => {
    setDraft({ ...draft, ...part });
    setProblems({});
    reset();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    const reference = referenceOf(draft.reference);
    setProblems({
      ...(typeof points === 'string' && { points }),
      ...referenceProblems(reference),
    });
    if (typeof points === 'string' || 'reference' in referenceProblems(reference)) return;
    const outcome = await run({ accountId, id, points, reference, ...choice });
    if (outcome === 'done') setDraft(emptyDraft);
  };
  const refusals = sending.phase === 'refused' ? sending.payload.errors : [];
  const requested = typeof points === 'number' ? points : null;
  const shown: Problems = { ...refusalsByField(refusals, requested, fields), ...problems };
  const field = (name: Field) => ({
    value: draft[name],
    onText: (text: string) => put({ [name]: text }),
    problem: shown[name] ?? null,
    readOnly: isSending,
  });
  return { field, submit, points, sending, isSending, reset, ended };
}
