import { lazy, Suspense, useState } from 'react';
import { Link } from 'wouter';
import { textProblem } from '../../../src/ledger/text';
import { AccountActions } from '../account/account-actions';
import { AccountHeading } from '../account/account-heading';
import { HistoryList } from '../account/history-list';
import { LotTimeline } from '../account/lot-timeline';
import { NoSuchAccount } from '../account/no-such-account';
import { OpenHolds } from '../account/open-holds';
import { PayerPicture } from '../account/payer-picture';
import type { Taking } from '../account/taking';
import { useAccount } from '../account/use-account';
import { LoadError } from '../frame/load-error';
import { Loading } from '../frame/loading';
import { PageHeading } from '../frame/page-heading';
import { accountsPath } from '../frame/paths';
import { useLive } from '../live/use-live';

/** Loaded on demand, after what an account always has. */
const ExpiresNext = lazy(() => import('../account/expires-next'));

export function AccountPage({ id }: { readonly id: string }) {
  const problem = textProblem(id);
  return (
    <>
      <p className="crumb">
        <Link href={accountsPath}>← Accounts</Link>
      </p>
      {problem === null ? <PossibleAccount id={id} /> : <ImpossibleAccount problem={problem} />}
    </>
  );
}

/** Says why no account can have an id. The server refuses to watch it. */
function ImpossibleAccount({ problem }: { readonly problem: string }) {
  return (
    <>
      <PageHeading title="No such account">No account can have this id</PageHeading>
      <p>The id {problem}.</p>
    </>
  );
}

function PossibleAccount({ id }: { readonly id: string }) {
  const shown = useAccount(id);
  const { data, error, refetch } = shown.query;
  const account = data?.account ?? null;
  const sequence = data && (account?.history.nodes[0]?.sequence ?? 0);
  const live = useLive(id, sequence, shown.refresh);
  return (
    <>
      <AccountHeading id={id} account={account} live={live} />
      {error && !data && (
        <LoadError what="the account" error={error} onRetry={() => void refetch()} />
      )}
      {!data && !error && <Loading what="the account" />}
      {data && <AccountContent id={id} account={account} shown={shown} />}
    </>
  );
}

type Shown = ReturnType<typeof useAccount>;

interface AccountContentProps {
  readonly id: string;
  readonly account: NonNullable<Shown['query']['data']>['account'];
  readonly shown: Shown;
}

function AccountContent({ id, account, shown }: AccountContentProps) {
  const [taking, setTaking] = useState<Taking | null>(null);
  const [isOpening, setIsOpening] = useState(false);
  const { lots, history, refresh, onLotsSeen } = shown;
  const isNew = account === null;
  const showsHolds = useEver(account !== null && account.held > 0);
  return (
    <div className="account">
      {isNew && <NoSuchAccount id={id} isOpening={isOpening} onOpen={() => setIsOpening(true)} />}
      {!isNew && (
        <PayerPicture total={account.points} balances={account.balances} taking={taking} />
      )}
      {(!isNew || isOpening) && (
        <AccountActions accountId={id} account={account} onTaking={setTaking} onDone={refresh} />
      )}
      {!isNew && (
        <>
          {showsHolds && <OpenHolds accountId={id} version={account} onDone={refresh} />}
          <Suspense fallback={null}>
            <ExpiresNext accountId={id} version={account} />
          </Suspense>
          <LotTimeline list={lots} taking={taking} onSeen={onLotsSeen} />
          <HistoryList list={history} />
        </>
      )}
    </div>
  );
}

/** Returns whether something was ever true here: a list stays after its last row to say so. */
function useEver(isTrue: boolean): boolean {
  const [ever, setEver] = useState(isTrue);
  if (isTrue && !ever) setEver(true);
  return ever;
}
