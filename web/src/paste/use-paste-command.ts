import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import type { ImportStep, RefusedRow } from '../../../src/import/read-import';
import { runImport, type Tally } from '../../../src/import/run-import';
import { failureWords } from '../forms/use-command';
import { rowSender } from '../import/row-sender';
import type { Pasted } from './read-pasted';

export type PasteSending =
  | { readonly phase: 'idle' }
  | { readonly phase: 'sending'; readonly settled: number; readonly isAway: boolean }
  | { readonly phase: 'answered'; readonly tally: Tally; readonly refused: readonly RefusedRow[] }
  | { readonly phase: 'failed'; readonly words: string };

const patienceMs = 16_000;

/** Sends rows in calls of at most a thousand, one after another. */
export function usePasteCommand() {
  const client = useApolloClient();
  const [sending, setSending] = useState<PasteSending>({ phase: 'idle' });
  /** The rows that were refused; null if not all of them were answered. */
  const send = async ({ rows, header }: Pasted): Promise<readonly RefusedRow[] | null> => {
    const refused: RefusedRow[] = [];
    const progress = (settled: number, isAway = false) =>
      setSending({ phase: 'sending', settled, isAway });
    progress(0);
    try {
      const tally = await runImport(oneStep({ items: rows, bytes: 0, header }), {
        send: rowSender(client),
        onRefused: (some) => refused.push(...some),
        onProgress: ({ rows: settled }) => progress(settled),
        onAway: () => progress(0, true),
        signal: new AbortController().signal,
        concurrency: 1,
        patienceMs,
      });
      setSending({ phase: 'answered', tally, refused });
      return refused;
    } catch (error) {
      setSending({ phase: 'failed', words: failureWords(error) });
      return null;
    }
  };
  return { sending, send, reset: () => setSending({ phase: 'idle' }) };
}

async function* oneStep(step: ImportStep): AsyncGenerator<ImportStep> {
  yield step;
}
