import { useQuery } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { textProblem } from '../../../src/ledger/text';
import { ListAccountsDocument } from '../generated/operations';

const pageRows = 25;
const typingPauseMs = 150;

export interface Cursors {
  readonly after?: string | null;
  readonly before?: string | null;
}

/** Reads a page of the accounts whose ids start with a text, after a pause in typing. */
export function useAccountList(text: string) {
  const [{ prefix, cursors }, setPage] = useState<{ prefix: string; cursors: Cursors }>({
    prefix: '',
    cursors: {},
  });
  useEffect(() => {
    // No id starts with an invalid text, and the server refuses it.
    const isValid = text === '' || textProblem(text) === null;
    if (!isValid || text === prefix) return;
    const timer = setTimeout(() => setPage({ prefix: text, cursors: {} }), typingPauseMs);
    return () => clearTimeout(timer);
  }, [text, prefix]);
  const query = useQuery(ListAccountsDocument, {
    variables: { startsWith: prefix, ...cursors, [cursors.before ? 'last' : 'first']: pageRows },
    fetchPolicy: 'cache-and-network',
  });
  const accounts = (query.data ?? query.previousData)?.accounts;
  const isFirstPage = !cursors.after && !cursors.before;
  const isEmpty = accounts?.nodes.length === 0 && isFirstPage && !query.loading;
  const turnTo = (next: Cursors) => setPage({ prefix, cursors: next });
  return { query, accounts, prefix, isEmpty, turnTo };
}
