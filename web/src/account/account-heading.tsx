import { formatPoints } from '../format/numbers';
import { PageHeading } from '../frame/page-heading';
import type { LivePhase } from '../live/account-watch';

interface AccountHeadingProps {
  readonly id: string;
  readonly points: number | null;
  readonly live: LivePhase;
}

export function AccountHeading({ id, points, live }: AccountHeadingProps) {
  return (
    <header className="account-heading">
      <PageHeading title={`Account ${id}`}>
        <span className="account-word">Account</span> {id}
      </PageHeading>
      {points !== null && (
        <p className={isLong(points) ? 'total total-long' : 'total'}>
          <strong>{formatPoints(points)}</strong> {points === 1 ? 'point' : 'points'} to spend
        </p>
      )}
      <LiveMark phase={live} />
    </header>
  );
}

/** Millions of millions still have to fit a phone. */
const isLong = (points: number): boolean => points >= 1e9;

const words: Record<LivePhase, string> = {
  connecting: 'Connecting',
  live: 'Live',
  reconnecting: 'Reconnecting',
  away: 'Not live, trying again',
};

/** Whether changes by others arrive by themselves. */
function LiveMark({ phase }: { readonly phase: LivePhase }) {
  return (
    <p className={`live live-${phase}`} role="status">
      <span className="live-dot" aria-hidden="true" />
      {words[phase]}
    </p>
  );
}
