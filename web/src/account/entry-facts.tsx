import type { ReactNode } from 'react';
import { Change, Figure, Name } from '../format/isolated';
import { Moment } from '../format/moment';
import { changeOf } from './entry-change';
import { EntrySentence } from './entry-sentence';
import type { Entry } from './lists';

type Transaction = Extract<Entry, { __typename: 'Transaction' }>;

const kinds: { readonly [Kind in Entry['__typename']]?: string } = {
  Spend: 'Spend',
  Hold: 'Hold',
  Release: 'Release of a hold',
  SpendReversal: 'Reversal of a spend',
  TransactionReversal: 'Reversal of a transaction',
  Lapse: 'Lapse',
};

interface EntryFactsProps {
  readonly entry: Entry & { readonly reversed?: number; readonly held?: number };
}

/** Shows all fields of an entry. */
export function EntryFacts({ entry }: EntryFactsProps) {
  const change = changeOf(entry);
  const { reversed = 0 } = entry;
  return (
    <dl className="facts">
      {change !== null && (
        <Fact name="Points">
          <Change value={change} />
        </Fact>
      )}
      {entry.__typename === 'Transaction' ? (
        <TransactionFacts entry={entry} />
      ) : (
        <Fact name="Kind">{kinds[entry.__typename] ?? (entry as Entry).__typename}</Fact>
      )}
      {entry.__typename !== 'Transaction' && (
        <Fact name="What">
          <EntrySentence entry={entry} />
        </Fact>
      )}
      {reversed > 0 && (
        <Fact name="Reversed so far">
          <Figure value={reversed} />
        </Fact>
      )}
      {entry.held !== undefined && (
        <Fact name="Still held">
          <Figure value={entry.held} />
        </Fact>
      )}
      <Fact name="Accepted">
        <Moment instant={entry.recordedAt} />
      </Fact>
      <Fact name="Reference">
        {entry.reference === null ? 'none' : <Name>{entry.reference}</Name>}
      </Fact>
      <Fact name="Id">
        <code>{entry.id}</code>
      </Fact>
    </dl>
  );
}

function TransactionFacts({ entry }: { readonly entry: Transaction }) {
  const { payer, points, timestamp, availableFrom, expiresAt } = entry;
  return (
    <>
      <Fact name="Kind">{points > 0 ? 'Grant' : 'Taken back'}</Fact>
      <Fact name="Payer">
        <Name>{payer}</Name>
      </Fact>
      <Fact name={points > 0 ? 'Earned' : 'As of'}>
        <Moment instant={timestamp} />
      </Fact>
      {availableFrom !== null && (
        <Fact name="Begins">
          <Moment instant={availableFrom} />
        </Fact>
      )}
      {expiresAt !== null && (
        <Fact name="Expires">
          <Moment instant={expiresAt} />
        </Fact>
      )}
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
