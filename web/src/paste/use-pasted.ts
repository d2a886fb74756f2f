import { useEffect, useState } from 'react';
import { ImportError } from '../../../src/import/import-error';
import type { Pasted } from './read-pasted';

export type Check =
  | { readonly phase: 'empty' }
  | { readonly phase: 'checking' }
  | { readonly phase: 'unreadable'; readonly words: string }
  | { readonly phase: 'checked'; readonly pasted: Pasted };

const typingPauseMs = 200;

/** Checks the rows as they stand, after a pause in typing. */
export function usePasted(text: string, accountId: string, name: string): Check {
  const [check, setCheck] = useState<{ readonly text: string; readonly check: Check }>();
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(async () => {
      const found = await checkRows(text, accountId, name);
      if (isWanted) setCheck({ text, check: found });
    }, typingPauseMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [text, accountId, name]);
  if (text.trim() === '') return { phase: 'empty' };
  return check?.text === text ? check.check : { phase: 'checking' };
}

/** The part of the console that reads rows is no longer on the server. */
const goneWords =
  'Rows cannot be read now. Copy what is here, load the page again, and paste it there.';

async function checkRows(text: string, accountId: string, name: string): Promise<Check> {
  try {
    const { readPasted } = await import('./read-pasted');
    return { phase: 'checked', pasted: await readPasted(text, accountId, name) };
  } catch (error) {
    const isOurs = error instanceof ImportError;
    return { phase: 'unreadable', words: isOurs ? error.message : goneWords };
  }
}
