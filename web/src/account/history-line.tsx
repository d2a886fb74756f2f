import { Link } from 'wouter';
import { Change, Figure, Name } from '../format/isolated';
import { Moment } from '../format/moment';
import { entryPath } from '../frame/paths';
import { Allocations } from './allocations';
import { type Correction, correctionOf, isGrant } from './correction';
import { changeOf, type Entry } from './lists';

interface HistoryLineProps {
  readonly entry: Entry;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onCorrect: (correction: Correction) => void;
}

const payersShown = 3;

export function HistoryLine(props: HistoryLineProps) {
  const { entry, isOpen } = props;
  return (
    <article className={`entry ${kindOf(entry)}`}>
      <p className="entry-what">{describe(entry)}</p>
      <p className="figure">
        <strong>
          <Change value={changeOf(entry)} />
        </strong>
      </p>
      <EntryDetails {...props} />
      {entry.__typename === 'Spend' && isOpen && <Allocations spendId={entry.id} />}
    </article>
  );
}

function EntryDetails({ entry, isOpen, onToggle, onCorrect }: HistoryLineProps) {
  return (
    <p className="entry-when">
      <Link href={entryPath(entry.id)}>
        #<Figure value={entry.sequence} />
      </Link>
      <span>
        {'timestamp' in entry && entry.points > 0 && (
          <>
            earned <Moment instant={entry.timestamp} />,{' '}
          </>
        )}
        accepted <Moment instant={entry.recordedAt} />
      </span>
      {entry.reference !== null && (
        <span className="reference">
          <Name>{entry.reference}</Name>
        </span>
      )}
      {isGrant(entry) && (
        <button
          type="button"
          className="quiet"
          aria-label={`Take back entry #${entry.sequence}`}
          onClick={() => onCorrect(correctionOf(entry))}
        >
          Take back
        </button>
      )}
      {entry.__typename === 'Spend' && (
        <button type="button" className="quiet" aria-expanded={isOpen} onClick={onToggle}>
          {isOpen ? 'Hide' : 'Show'} which grants paid
        </button>
      )}
    </p>
  );
}

function kindOf(entry: Entry): string {
  if (entry.__typename === 'Spend') return 'is-spend';
  return entry.points > 0 ? 'is-grant' : 'is-debit';
}

function describe(entry: Entry) {
  if (entry.__typename === 'Transaction') {
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
