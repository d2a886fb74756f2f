import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Change, Figure, Name } from '../format/isolated';
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

/** A newer server may have kinds of entries that this page does not know. */
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
  const { deductions } = entry;
  const rest = deductions.length - payersShown;
  return (
    <>
      Spent{' '}
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

function SpendReversalSentence({ entry }: { readonly entry: Kind<'SpendReversal'> }) {
  const { points, spend, lapses } = entry;
  const gone = lapses.reduce((sum, { expired }) => sum + expired, 0);
  return (
    <span>
      Gave back <Figure value={points} /> of spend <EntryLink {...spend} />
      {gone > 0 && (
        <>
          , of which <Figure value={gone} /> had expired
        </>
      )}
    </span>
  );
}

function TransactionReversalSentence({ entry }: { readonly entry: Kind<'TransactionReversal'> }) {
  const { points, lifted, transaction } = entry;
  const { payer } = transaction;
  return (
    <span>
      {lifted > 0 ? 'Lifted' : 'Reversed'} <Figure value={points} /> of{' '}
      {lifted > 0 ? 'debit' : 'grant'} <EntryLink {...transaction} /> by{' '}
      <strong>
        <Name>{payer}</Name>
      </strong>
    </span>
  );
}

function LapseSentence({ entry }: { readonly entry: Kind<'Lapse'> }) {
  const { expired } = entry;
  const begun = entry.begun.reduce((sum, { points }) => sum + points, 0);
  return (
    <span>
      {expired > 0 && (
        <>
          Expired: <Figure value={expired} />
        </>
      )}
      {expired > 0 && begun > 0 && '; '}
      {begun > 0 && (
        <>
          Began: <Figure value={begun} />
        </>
      )}
      {expired === 0 && begun === 0 && 'Expired under debits'}
    </span>
  );
}

function EntryLink({ id, sequence }: { readonly id: string; readonly sequence: number }) {
  return (
    <Link href={entryPath(id)}>
      #<Figure value={sequence} />
    </Link>
  );
}
