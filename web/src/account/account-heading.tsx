import { Figure, Name } from '../format/isolated';
import { PageHeading } from '../frame/page-heading';
import type { LivePhase } from '../live/account-watch';

interface Standing {
  readonly points: number;
  readonly pending: number;
  readonly held: number;
}

interface AccountHeadingProps {
  readonly id: string;
  readonly account: Standing | null;
  readonly live: LivePhase;
}

export function AccountHeading({ id, account, live }: AccountHeadingProps) {
  const points = account?.points ?? null;
  return (
    <header className="account-heading">
      <PageHeading title={`Account ${id}`}>
        <span className="account-word">Account</span> <Name>{id}</Name>
      </PageHeading>
      {points !== null && (
        <p className={isLong(points) ? 'total total-long' : 'total'}>
          <strong>
            <Figure value={points} />
          </strong>{' '}
          {points === 1 ? 'point' : 'points'} to spend
        </p>
      )}
      {account !== null && <NotSpendable {...account} />}
      <LiveMark phase={live} />
    </header>
  );
}

/** Says what else the account has. */
function NotSpendable({ pending, held }: Standing) {
  if (pending === 0 && held === 0) return null;
  return (
    <p className="hint">
      {held > 0 && (
        <>
          <Figure value={held} /> held
        </>
      )}
      {held > 0 && pending > 0 && ', '}
      {pending > 0 && (
        <>
          <Figure value={pending} /> to begin later
        </>
      )}
    </p>
  );
}

/** Returns true from 1,000,000,000 on: a smaller font is needed on a phone. */
const isLong = (points: number): boolean => points >= 1e9;

const texts: Record<LivePhase, string> = {
  connecting: 'Connecting',
  live: 'Live',
  reconnecting: 'Reconnecting',
  offline: 'Not live, retrying',
};

/** Shows whether changes by other clients arrive automatically. */
function LiveMark({ phase }: { readonly phase: LivePhase }) {
  return (
    <p className={`live live-${phase}`} role="status">
      <span className="live-dot" aria-hidden="true" />
      {texts[phase]}
    </p>
  );
}
