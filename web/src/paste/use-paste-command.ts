import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import type { ImportRow, RefusedRow } from '../../../src/import/read-import';
import { failureWords } from '../forms/use-command';
import { callRowsMax, sendRows } from '../import/send-rows';

export type PasteSending =
  | { readonly phase: 'idle' }
  | {
      readonly phase: 'sending';
      readonly sent: number;
      readonly of: number;
      readonly attempt: number;
    }
  | { readonly phase: 'answered'; readonly added: number; readonly refused: readonly RefusedRow[] }
  | { readonly phase: 'failed'; readonly words: string };

/** Sends rows in calls of at most a thousand, one after another. */
export function usePasteCommand() {
  const client = useApolloClient();
  const [sending, setSending] = useState<PasteSending>({ phase: 'idle' });
  const send = async (rows: readonly ImportRow[]) => {
    const refused: RefusedRow[] = [];
    const progress = (sent: number, attempt = 1) =>
      setSending({ phase: 'sending', sent, of: rows.length, attempt });
    try {
      for (let sent = 0; sent < rows.length; sent += callRowsMax) {
        progress(sent);
        const call = rows.slice(sent, sent + callRowsMax);
        const outcome = await sendRows(client, call, (attempt) => progress(sent, attempt));
        refused.push(...outcome.refused);
      }
      setSending({ phase: 'answered', added: rows.length - refused.length, refused });
      return refused;
    } catch (error) {
      setSending({ phase: 'failed', words: failureWords(error) });
      return null;
    }
  };
  return { sending, send, reset: () => setSending({ phase: 'idle' }) };
}
