import { useState } from 'react';
import { faultWords, isPassing } from '../client/faults';
import { IntentKeys } from '../client/intent-keys';
import { sendSafely } from '../client/send-safely';
import type { RefusedFragment } from '../generated/operations';

export interface Payload {
  readonly replayed: boolean;
  readonly errors: readonly RefusedFragment[];
}

export type Sending<Answer extends Payload> =
  | { readonly phase: 'idle' }
  | { readonly phase: 'sending'; readonly attempt: number }
  | { readonly phase: 'done'; readonly answer: Answer }
  | { readonly phase: 'refused'; readonly answer: Answer }
  | { readonly phase: 'failed'; readonly words: string };

export interface Command<Input, Answer extends Payload> {
  readonly sending: Sending<Answer>;
  /** True if it was done. */
  run(input: Input): Promise<boolean>;
  /** Forgets what came of the last one. */
  reset(): void;
}

/**
 * Sends what a person means to do, under one idempotency key until it is done: a silence is
 * answered by sending again, by itself and then by the person, and it counts once.
 */
export function useCommand<Input extends object, Answer extends Payload>(
  send: (input: Input & { readonly idempotencyKey: string }) => Promise<Answer>,
): Command<Input, Answer> {
  const [keys] = useState(() => new IntentKeys<Input>());
  const [sending, setSending] = useState<Sending<Answer>>({ phase: 'idle' });
  const run = async (input: Input) => {
    const idempotencyKey = keys.keyFor(input);
    setSending({ phase: 'sending', attempt: 1 });
    try {
      const answer = await sendSafely(
        () => send({ ...input, idempotencyKey }),
        (attempt) => setSending({ phase: 'sending', attempt }),
      );
      const isDone = answer.errors.length === 0;
      if (isDone) keys.settle(input);
      setSending({ phase: isDone ? 'done' : 'refused', answer });
      return isDone;
    } catch (error) {
      setSending({ phase: 'failed', words: failureWords(error) });
      return false;
    }
  };
  return { sending, run, reset: () => setSending({ phase: 'idle' }) };
}

export function failureWords(error: unknown): string {
  if (!isPassing(error)) return faultWords(error);
  return `${faultWords(error)} It may or may not have been done. Press again when the server is back: it counts once, whatever became of it.`;
}
