import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import type { ImportStep, RefusedRow } from '../../../src/import/read-import';
import { runImport, type Tally } from '../../../src/import/run-import';
import { failureText } from '../forms/use-command';
import { rowSender } from '../import/row-sender';
import type { Pasted } from './read-pasted';

export type PasteSending =
  | { readonly phase: 'idle' }
  | { readonly phase: 'sending'; readonly settled: number; readonly isRetrying: boolean }
  | { readonly phase: 'done'; readonly tally: Tally; readonly refused: readonly RefusedRow[] }
  | { readonly phase: 'failed'; readonly text: string };

const retriesMsMax = 16_000;

/** Sends pasted rows, at most a thousand per request, one request after another. */
export function usePasteCommand() {
  const client = useApolloClient();
  const [sending, setSending] = useState<PasteSending>({ phase: 'idle' });
  /** Returns the refused rows; null if the outcome of some rows is unknown. */
  const send = async ({ rows, header }: Pasted): Promise<readonly RefusedRow[] | null> => {
    const refused: RefusedRow[] = [];
    const progress = (settled: number, isRetrying = false) =>
      setSending({ phase: 'sending', settled, isRetrying });
    progress(0);
    try {
      const tally = await runImport(oneStep({ items: rows, bytes: 0, header }), {
        send: rowSender(client),
        onRefused: (some) => refused.push(...some),
        onProgress: ({ rows: settled }) => progress(settled),
        onAway: () => progress(0, true),
        signal: new AbortController().signal,
        concurrency: 1,
        patienceMs: retriesMsMax,
      });
      setSending({ phase: 'done', tally, refused });
      return refused;
    } catch (error) {
      setSending({ phase: 'failed', text: failureText(error) });
      return null;
    }
  };
  return { sending, send, reset: () => setSending({ phase: 'idle' }) };
}

async function* oneStep(step: ImportStep): AsyncGenerator<ImportStep> {
  yield step;
}
