import { useState } from 'react';
import { Link } from 'wouter';
import { AccountActions } from '../account/account-actions';
import { AccountHeading } from '../account/account-heading';
import { HistoryList } from '../account/history-list';
import { LotTimeline } from '../account/lot-timeline';
import { PayerPicture } from '../account/payer-picture';
import type { Taking } from '../account/taking';
import { useAccount } from '../account/use-account';
import { LoadError } from '../frame/load-error';
import { Loading } from '../frame/loading';
import { accountsPath } from '../frame/paths';
import { useLive } from '../live/use-live';

export function AccountPage({ id }: { readonly id: string }) {
  const { query, lots, history, refresh, onLotsSeen } = useAccount(id);
  const [taking, setTaking] = useState<Taking | null>(null);
  const { data, error, refetch } = query;
  const account = data?.account ?? null;
  const live = useLive(id, data && (account?.history.nodes[0]?.sequence ?? 0), refresh);
  return (
    <>
      <p className="crumb">
        <Link href={accountsPath}>← Accounts</Link>
      </p>
      <AccountHeading id={id} points={account?.points ?? null} live={live} />
      {error && !data && (
        <LoadError what="the account" error={error} onRetry={() => void refetch()} />
      )}
      {!data && !error && <Loading what="the account" />}
      {data && (
        <div className="account">
          {account === null ? (
            <NoSuchAccount />
          ) : (
            <PayerPicture total={account.points} balances={account.balances} taking={taking} />
          )}
          <AccountActions accountId={id} account={account} onTaking={setTaking} onDone={refresh} />
          {account !== null && (
            <>
              <LotTimeline list={lots} taking={taking} onSeen={onLotsSeen} />
              <HistoryList list={history} />
            </>
          )}
        </div>
      )}
    </>
  );
}

function NoSuchAccount() {
  return (
    <section className="empty">
      <h2>This account does not exist yet</h2>
      <p>
        Adding points creates it. If you expected an account here, check the spelling of its id.
      </p>
    </section>
  );
}
