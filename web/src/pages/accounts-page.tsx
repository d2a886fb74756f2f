import { useState } from 'react';
import { access, listRefusalOf } from '../access/access';
import { AccountById } from '../accounts/account-by-id';
import { AccountTable } from '../accounts/account-table';
import { EmptyLedger } from '../accounts/empty-ledger';
import { FindAccount } from '../accounts/find-account';
import { type Cursors, useAccountList } from '../accounts/use-account-list';
import { Name } from '../format/isolated';
import { LoadError } from '../frame/load-error';
import { Loading } from '../frame/loading';
import { PageHeading } from '../frame/page-heading';
import type { ListAccountsQuery } from '../generated/operations';
import { useStore } from '../store/use-store';

export function AccountsPage() {
  const state = useStore(access);
  const refusal = listRefusalOf(state);
  const principal = state.phase === 'known' ? state.principal : null;
  return (
    <>
      <PageHeading title="Accounts">Accounts</PageHeading>
      {refusal === null ? (
        <AccountSearch />
      ) : (
        <AccountById refusal={refusal} principal={principal} />
      )}
    </>
  );
}

/** Lists the accounts, and filters them by the start of their ids. */
function AccountSearch() {
  const [text, setText] = useState('');
  const { query, accounts, prefix, isEmpty, turnTo } = useAccountList(text);
  const { error, refetch } = query;
  return (
    <>
      <FindAccount
        text={text}
        onText={setText}
        hint="Type the start of an id to find accounts. Press Open for exactly this id."
      />
      {error && <LoadError what="the accounts" error={error} onRetry={() => void refetch()} />}
      {!accounts && !error && <Loading what="the accounts" />}
      {isEmpty && prefix === '' && <EmptyLedger />}
      {isEmpty && prefix !== '' && (
        <p role="status">
          No account id starts with “<Name>{prefix}</Name>”. Upper and lower case differ.
        </p>
      )}
      {accounts && !isEmpty && <AccountTable accounts={accounts.nodes} />}
      {accounts && <PageButtons pageInfo={accounts.pageInfo} onPage={turnTo} />}
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
