import type { ReactNode } from 'react';
import { Change, Name } from '../format/isolated';
import { Moment } from '../format/moment';
import { changeOf, type Entry } from './lists';

/** Shows all fields of an entry. */
export function EntryFacts({ entry }: { readonly entry: Entry }) {
  const isSpend = entry.__typename === 'Spend';
  return (
    <dl className="facts">
      <Fact name="Points">
        <Change value={changeOf(entry)} />
      </Fact>
      {isSpend ? (
        <Fact name="Kind">Spend</Fact>
      ) : (
        <>
          <Fact name="Kind">{entry.points > 0 ? 'Grant' : 'Taken back'}</Fact>
          <Fact name="Payer">
            <Name>{entry.payer}</Name>
          </Fact>
          <Fact name={entry.points > 0 ? 'Earned' : 'As of'}>
            <Moment instant={entry.timestamp} />
          </Fact>
        </>
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

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
