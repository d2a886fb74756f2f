import { Link } from 'wouter';
import { Moment } from '../format/moment';
import { formatChange, formatPoints } from '../format/numbers';
import { entryPath } from '../frame/paths';
import { Allocations } from './allocations';
import { changeOf, type Entry } from './lists';

interface HistoryLineProps {
  readonly entry: Entry;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

const payersShown = 3;

export function HistoryLine({ entry, isOpen, onToggle }: HistoryLineProps) {
  return (
    <article className={`entry ${kindOf(entry)}`}>
      <p className="entry-what">{describe(entry)}</p>
      <p className="figure">
        <strong>{formatChange(changeOf(entry))}</strong>
      </p>
      <p className="entry-when">
        <Link href={entryPath(entry.id)}>#{formatPoints(entry.sequence)}</Link>
        <span>
          {'timestamp' in entry && entry.points > 0 && (
            <>
              earned <Moment instant={entry.timestamp} />,{' '}
            </>
          )}
          accepted <Moment instant={entry.recordedAt} />
        </span>
        {entry.reference !== null && <span className="reference">{entry.reference}</span>}
        {entry.__typename === 'Spend' && (
          <button type="button" className="quiet" aria-expanded={isOpen} onClick={onToggle}>
            {isOpen ? 'Hide' : 'Show'} which grants paid
          </button>
        )}
      </p>
      {entry.__typename === 'Spend' && isOpen && <Allocations spendId={entry.id} />}
    </article>
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
        {points > 0 ? 'Granted by' : 'Taken back by'} <strong>{payer}</strong>
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
            {payer} {formatChange(points)}
          </span>
        ))}
        {rest > 0 && <span>{formatPoints(rest)} more</span>}
      </span>
    </>
  );
}
