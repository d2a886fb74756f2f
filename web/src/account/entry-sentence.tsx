import { Fragment, type ReactNode } from 'react';
import { Link } from 'wouter';
import { Change, Figure, Name } from '../format/isolated';
import { Moment } from '../format/moment';
import { entryPath } from '../frame/paths';
import type { Entry } from './lists';

type Kind<Name extends Entry['__typename']> = Extract<Entry, { __typename: Name }>;

const payersShown = 3;

/** Says what an entry did. */
export function EntrySentence({ entry }: { readonly entry: Entry }): ReactNode {
  switch (entry.__typename) {
    case 'Transaction':
      return <TransactionSentence entry={entry} />;
    case 'Spend':
      return <SpendSentence entry={entry} />;
    case 'Hold':
      return <HoldSentence entry={entry} />;
    case 'Release':
      return <ReleaseSentence entry={entry} />;
    case 'SpendReversal':
      return <SpendReversalSentence entry={entry} />;
    case 'TransactionReversal':
      return <TransactionReversalSentence entry={entry} />;
    case 'Lapse':
      return <LapseSentence entry={entry} />;
    default:
      return <UnknownSentence kind={(entry as Entry).__typename} />;
  }
}

/** Names the kind: a newer server may have kinds of entries that this page does not know. */
function UnknownSentence({ kind }: { readonly kind: string }) {
  return (
    <>
      Another change (<code>{kind}</code>): reload the page to see more
    </>
  );
}

function TransactionSentence({ entry }: { readonly entry: Kind<'Transaction'> }) {
  const { payer, points } = entry;
  return (
    <>
      {points > 0 ? 'Granted by' : 'Taken back by'}{' '}
      <strong>
        <Name>{payer}</Name>
      </strong>
    </>
  );
}

function SpendSentence({ entry }: { readonly entry: Kind<'Spend'> }) {
  const { deductions, hold } = entry;
  const rest = deductions.length - payersShown;
  return (
    <>
      Spent{' '}
      {hold !== null && (
        <span>
          <Figure value={entry.points} /> of hold <EntryLink {...hold} />{' '}
        </span>
      )}
      <span className="payers-paid">
        {deductions.slice(0, payersShown).map(({ payer, points }) => (
          <span key={payer}>
            <Name>{payer}</Name> <Change value={points} />
          </span>
        ))}
        {rest > 0 && (
          <span>
            <Figure value={rest} /> more
          </span>
        )}
      </span>
    </>
  );
}

function HoldSentence({ entry }: { readonly entry: Kind<'Hold'> }) {
  const { points, expiresAt } = entry;
  return (
    <span>
      Held <Figure value={points} />
      {expiresAt !== null && (
        <>
          {' '}
          until <Moment instant={expiresAt} />
        </>
      )}
    </span>
  );
}

function ReleaseSentence({ entry }: { readonly entry: Kind<'Release'> }) {
  const { points, expired, hold } = entry;
  return (
    <span>
      Released <Figure value={points} />
      {hold !== null && (
        <>
          {' '}
          of hold <EntryLink {...hold} />
        </>
      )}
      <GoneAtOnce points={expired} />
    </span>
  );
}

function SpendReversalSentence({ entry }: { readonly entry: Kind<'SpendReversal'> }) {
  const { points, expired, spend } = entry;
  return (
    <span>
      Gave back <Figure value={points} /> of spend <EntryLink {...spend} />
      <GoneAtOnce points={expired} />
    </span>
  );
}

/** Shows what came back to lots past their expiry. */
function GoneAtOnce({ points }: { readonly points: number }) {
  if (points === 0) return null;
  return (
    <>
      , of which <Figure value={points} /> had expired
    </>
  );
}

function TransactionReversalSentence({ entry }: { readonly entry: Kind<'TransactionReversal'> }) {
  const { points, debited, lifted, transaction } = entry;
  const { payer } = transaction;
  return (
    <span>
      {lifted > 0 ? 'Lifted' : 'Reversed'} <Figure value={points} /> of{' '}
      {lifted > 0 ? 'debit' : 'grant'} <EntryLink {...transaction} /> by{' '}
      <strong>
        <Name>{payer}</Name>
      </strong>
      {debited > 0 && (
        <>
          , of which <Figure value={debited} /> became a debit
        </>
      )}
    </span>
  );
}

function LapseSentence({ entry }: { readonly entry: Kind<'Lapse'> }) {
  const { expired, endedHolds, begun } = entry;
  const parts = [
    expired > 0 && <LapsePart what="Expired" points={expired} />,
    endedHolds.length > 0 && <EndedPart holds={endedHolds} />,
    begun.length > 0 && <LapsePart what="Began" points={sumOf(begun)} />,
  ].filter((part) => part !== false);
  if (parts.length === 0) return 'Expired under debits';
  return (
    <span>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of an entry never change.
        <Fragment key={index}>
          {index > 0 && '; '}
          {part}
        </Fragment>
      ))}
    </span>
  );
}

interface LapsePartProps {
  readonly what: string;
  readonly points: number;
}

function LapsePart({ what, points }: LapsePartProps) {
  return (
    <>
      {what}: <Figure value={points} />
    </>
  );
}

const holdsShown = 3;

function EndedPart({ holds }: { readonly holds: Kind<'Lapse'>['endedHolds'] }) {
  const rest = holds.length - holdsShown;
  return (
    <>
      <LapsePart what="Given back by holds that ended" points={sumOf(holds)} /> (
      {holds.slice(0, holdsShown).map(({ hold }, index) => (
        <Fragment key={hold.id}>
          {index > 0 && ', '}
          <EntryLink {...hold} />
        </Fragment>
      ))}
      {rest > 0 && (
        <>
          {' '}
          and <Figure value={rest} /> more
        </>
      )}
      )
    </>
  );
}

/** True if points of grants expired, those under debits included. */
export function hasExpired({ expired, endedHolds, begun }: Kind<'Lapse'>): boolean {
  return expired > 0 || (endedHolds.length === 0 && begun.length === 0);
}

function sumOf(rows: readonly { readonly points: number }[]): number {
  return rows.reduce((sum, { points }) => sum + points, 0);
}

function EntryLink({ id, sequence }: { readonly id: string; readonly sequence: number }) {
  return (
    <Link href={entryPath(id)}>
      #<Figure value={sequence} />
    </Link>
  );
}
