import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { AccountTable } from '../accounts/account-table';
import { EmptyLedger } from '../accounts/empty-ledger';
import { FindAccount } from '../accounts/find-account';
import { LoadError } from '../frame/load-error';
import { Loading } from '../frame/loading';
import { PageHeading } from '../frame/page-heading';
import { ListAccountsDocument, type ListAccountsQuery } from '../generated/operations';

const pageRows = 25;

type Cursors = { readonly after?: string | null; readonly before?: string | null };

export function AccountsPage() {
  const [cursors, setCursors] = useState<Cursors>({});
  const { data, previousData, error, loading, refetch } = useQuery(ListAccountsDocument, {
    variables: { ...cursors, [cursors.before ? 'last' : 'first']: pageRows },
    fetchPolicy: 'cache-and-network',
  });
  const accounts = (data ?? previousData)?.accounts;
  const isEmpty = accounts?.nodes.length === 0 && !cursors.after && !cursors.before && !loading;
  return (
    <>
      <PageHeading title="Accounts">Accounts</PageHeading>
      <FindAccount />
      {error && <LoadError what="the accounts" error={error} onRetry={() => void refetch()} />}
      {!accounts && !error && <Loading what="the accounts" />}
      {isEmpty && <EmptyLedger />}
      {accounts && !isEmpty && <AccountTable accounts={accounts.nodes} />}
      {accounts && <PageButtons pageInfo={accounts.pageInfo} onPage={setCursors} />}
    </>
  );
}

interface PageButtonsProps {
  readonly pageInfo: ListAccountsQuery['accounts']['pageInfo'];
  readonly onPage: (cursors: Cursors) => void;
}

function PageButtons({ pageInfo, onPage }: PageButtonsProps) {
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = pageInfo;
  if (!hasNextPage && !hasPreviousPage) return null;
  return (
    <nav className="page-buttons" aria-label="Pages of accounts">
      <button
        type="button"
        disabled={!hasPreviousPage}
        onClick={() => onPage({ before: startCursor })}
      >
        ← Earlier ids
      </button>
      <button type="button" disabled={!hasNextPage} onClick={() => onPage({ after: endCursor })}>
        Later ids →
      </button>
    </nav>
  );
}
