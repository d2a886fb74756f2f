import { useState } from 'react';
import { Link } from 'wouter';
import { AccountActions } from '../account/account-actions';
import { AccountHeading } from '../account/account-heading';
import { HistoryList } from '../account/history-list';
import { LotTimeline } from '../account/lot-timeline';
import { PayerPicture } from '../account/payer-picture';
import type { Taking } from '../account/taking';
import { useAccount } from '../account/use-account';
import { Fault } from '../frame/fault';
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
      {error && !data && <Fault what="the account" error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading what="the account" />}
      {data && (
        <div className="account">
          {account === null ? (
            <NotBegun />
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

function NotBegun() {
  return (
    <section className="empty">
      <h2>There is no such account yet</h2>
      <p>
        Add its first points, and it begins. If it should be there, look at how its id is spelt.
      </p>
    </section>
  );
}
