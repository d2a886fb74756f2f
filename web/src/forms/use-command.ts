import { useState } from 'react';
import { errorText, isRetryable } from '../client/errors';
import { IntentKeys } from '../client/intent-keys';
import { sendSafely } from '../client/send-safely';
import type { RefusedFragment } from '../generated/operations';

export interface Payload {
  readonly replayed: boolean;
  readonly errors: readonly RefusedFragment[];
}

export type Sending<Result extends Payload> =
  | { readonly phase: 'idle' }
  | { readonly phase: 'sending'; readonly attempt: number }
  | { readonly phase: 'done'; readonly payload: Result }
  | { readonly phase: 'refused'; readonly payload: Result }
  | { readonly phase: 'failed'; readonly text: string };

interface Command<Input, Result extends Payload> {
  readonly sending: Sending<Result>;
  /** Sends the command. Resolves with how it ended. */
  run(input: Input): Promise<'done' | 'refused' | 'failed'>;
  /** Goes back to `idle`. */
  reset(): void;
}

/**
 * Sends a command under one idempotency key until it is accepted: retries without a response use
 * the same key, also when the user presses the button again, so that the command counts once.
 *
 * @param onEnd called when the command was accepted or refused.
 */
export function useCommand<Input extends object, Result extends Payload>(
  send: (input: Input & { readonly idempotencyKey: string }) => Promise<Result>,
  onEnd: (payload: Result) => void = () => {},
): Command<Input, Result> {
  const [keys] = useState(() => new IntentKeys<Input>());
  const [sending, setSending] = useState<Sending<Result>>({ phase: 'idle' });
  const run = async (input: Input) => {
    const idempotencyKey = keys.keyFor(input);
    setSending({ phase: 'sending', attempt: 1 });
    try {
      const payload = await sendSafely(
        () => send({ ...input, idempotencyKey }),
        (attempt) => setSending({ phase: 'sending', attempt }),
      );
      const phase = payload.errors.length === 0 ? 'done' : 'refused';
      setSending({ phase, payload });
      if (phase === 'done') keys.settle(input);
      onEnd(payload);
      return phase;
    } catch (error) {
      setSending({ phase: 'failed', text: failureText(error) });
      return 'failed';
    }
  };
  return { sending, run, reset: () => setSending({ phase: 'idle' }) };
}

/** Returns what to read and do about a command that got no response, or an error. */
export function failureText(error: unknown): string {
  if (!isRetryable(error)) return errorText(error);
  return `${errorText(error)} The outcome is unknown. Press the button again later: the change counts once.`;
}
