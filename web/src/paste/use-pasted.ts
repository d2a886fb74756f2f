import { useEffect, useState } from 'react';
import { ImportError } from '../../../src/import/import-error';
import type { Pasted } from './read-pasted';

export type Check =
  | { readonly phase: 'empty' }
  | { readonly phase: 'checking' }
  | { readonly phase: 'unreadable'; readonly text: string }
  | { readonly phase: 'checked'; readonly pasted: Pasted };

const typingPauseMs = 200;

/** Checks the rows after a pause in typing. */
export function usePasted(text: string, accountId: string, name: string): Check {
  const [check, setCheck] = useState<{ readonly text: string; readonly check: Check }>();
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const found = await checkRows(text, accountId, name);
      if (isCurrent) setCheck({ text, check: found });
    }, typingPauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [text, accountId, name]);
  if (text.trim() === '') return { phase: 'empty' };
  return check?.text === text ? check.check : { phase: 'checking' };
}

/** The reader of rows could not be loaded: the server is unreachable, or it was updated. */
const readerMissingText =
  'The rows cannot be checked. Copy them, reload the page and paste them again.';

async function checkRows(text: string, accountId: string, name: string): Promise<Check> {
  try {
    const { readPasted } = await import('./read-pasted');
    return { phase: 'checked', pasted: await readPasted(text, accountId, name) };
  } catch (error) {
    const text = error instanceof ImportError ? error.message : readerMissingText;
    return { phase: 'unreadable', text };
  }
}
