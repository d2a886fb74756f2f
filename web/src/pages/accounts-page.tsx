import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { AccountTable } from '../accounts/account-table';
import { EmptyLedger } from '../accounts/empty-ledger';
import { FindAccount } from '../accounts/find-account';
import { Fault } from '../frame/fault';
import { Loading } from '../frame/loading';
import { PageHeading } from '../frame/page-heading';
import { ListAccountsDocument, type ListAccountsQuery } from '../generated/operations';

const pageRows = 25;

type Turn = { readonly after?: string | null; readonly before?: string | null };

export function AccountsPage() {
  const [turn, setTurn] = useState<Turn>({});
  const { data, previousData, error, loading, refetch } = useQuery(ListAccountsDocument, {
    variables: { ...turn, [turn.before ? 'last' : 'first']: pageRows },
    fetchPolicy: 'cache-and-network',
  });
  const accounts = (data ?? previousData)?.accounts;
  const isEmpty = accounts?.nodes.length === 0 && !turn.after && !turn.before && !loading;
  return (
    <>
      <PageHeading title="Accounts">Accounts</PageHeading>
      <FindAccount />
      {error && <Fault what="the accounts" error={error} onRetry={() => void refetch()} />}
      {!accounts && !error && <Loading what="the accounts" />}
      {isEmpty && <EmptyLedger />}
      {accounts && !isEmpty && <AccountTable accounts={accounts.nodes} />}
      {accounts && <Turns pageInfo={accounts.pageInfo} onTurn={setTurn} />}
    </>
  );
}

interface TurnsProps {
  readonly pageInfo: ListAccountsQuery['accounts']['pageInfo'];
  readonly onTurn: (turn: Turn) => void;
}

function Turns({ pageInfo, onTurn }: TurnsProps) {
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = pageInfo;
  if (!hasNextPage && !hasPreviousPage) return null;
  return (
    <nav className="turns" aria-label="Pages of accounts">
      <button
        type="button"
        disabled={!hasPreviousPage}
        onClick={() => onTurn({ before: startCursor })}
      >
        ← Earlier ids
      </button>
      <button type="button" disabled={!hasNextPage} onClick={() => onTurn({ after: endCursor })}>
        Later ids →
      </button>
    </nav>
  );
}
