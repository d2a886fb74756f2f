import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { Change, Figure, Name } from '../format/isolated';
import { Moment } from '../format/moment';
import { entryPath } from '../frame/paths';
import { Allocations } from './allocations';
import { changeOf, styleOf } from './entry-change';
import { EntrySentence, hasExpired } from './entry-sentence';
import type { Later } from './later-entries';
import { LaterLinks } from './later-links';
import type { Entry } from './lists';
import { isDebit, isGrant, type Transaction } from './transaction';

/** Loaded on demand: few lines are opened. */
const LapsedLots = lazy(() => import('./lapsed-lots'));

interface HistoryLineProps {
  readonly entry: Entry;
  /** What happened to the entry since. */
  readonly later: readonly Later[];
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

export function HistoryLine(props: HistoryLineProps) {
  const { entry, isOpen } = props;
  const change = changeOf(entry);
  return (
    <article className={`entry ${styleOf(entry)}`}>
      <p className="entry-what">
        <EntrySentence entry={entry} />
      </p>
      <p className="figure">
        {change !== null && (
          <strong>
            <Change value={change} />
          </strong>
        )}
      </p>
      <EntryDetails {...props} />
      {entry.__typename === 'Spend' && isOpen && <Allocations spendId={entry.id} />}
      {entry.__typename === 'Lapse' && isOpen && (
        <Suspense fallback={null}>
          <LapsedLots lapseId={entry.id} />
        </Suspense>
      )}
    </article>
  );
}

function EntryDetails({ entry, later, isOpen, onToggle }: HistoryLineProps) {
  return (
    <p className="entry-when">
      <Link href={entryPath(entry.id)}>
        #<Figure value={entry.sequence} />
      </Link>
      <span>
        {isGrant(entry) && <GrantDates grant={entry} />}
        accepted <Moment instant={entry.recordedAt} />
      </span>
      {entry.reference !== null && (
        <span className="reference">
          <Name>{entry.reference}</Name>
        </span>
      )}
      <LaterLinks later={later} />
      {reversalOf(entry) !== null && (
        <Link
          href={entryPath(entry.id)}
          aria-label={`${reversalOf(entry)} entry #${entry.sequence}`}
        >
          {reversalOf(entry)}
        </Link>
      )}
      {grantsVerb(entry) !== null && (
        <button type="button" className="quiet" aria-expanded={isOpen} onClick={onToggle}>
          {isOpen ? 'Hide' : 'Show'} which grants {grantsVerb(entry)}
        </button>
      )}
    </p>
  );
}

/** Names what reverses an entry; null if nothing does. */
function reversalOf(entry: Entry): string | null {
  if (entry.__typename === 'Spend') return 'Give back';
  if (isGrant(entry)) return 'Take back';
  return isDebit(entry) ? 'Lift' : null;
}

/** Says what the grants did that an open line lists; null if it lists none. */
function grantsVerb(entry: Entry): string | null {
  if (entry.__typename === 'Spend') return 'paid';
  if (entry.__typename !== 'Lapse') return null;
  const verbs = [hasExpired(entry) && 'expired', entry.begun.length > 0 && 'began'];
  return verbs.filter((verb) => verb !== false).join(' or ') || null;
}

function GrantDates({ grant }: { readonly grant: Transaction }) {
  const { timestamp, availableFrom, expiresAt } = grant;
  return (
    <>
      earned <Moment instant={timestamp} />,{' '}
      {availableFrom !== null && (
        <>
          begins <Moment instant={availableFrom} />,{' '}
        </>
      )}
      {expiresAt !== null && (
        <>
          expires <Moment instant={expiresAt} />,{' '}
        </>
      )}
    </>
  );
}
