import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { formatMoment } from '../format/dates';
import { Figure, Instant } from '../format/isolated';
import { Moment } from '../format/moment';
import { counted } from '../format/numbers';
import { useClock } from '../format/use-clock';
import { LoadError } from '../frame/load-error';
import { ShowExpiriesDocument } from '../generated/operations';
import { type ExpiryMark, expiryMarks } from './expiry-axis';

interface ExpiresNextProps {
  readonly accountId: string;
  /** Differs after every change of the account. */
  readonly version: unknown;
}

const expiriesShown = 100;
const instantsInWords = 5;

/** Says what expires next, in words and on a time axis. Nothing is shown if nothing expires. */
export default function ExpiresNext({ accountId, version }: ExpiresNextProps) {
  const { data, error, refetch } = useQuery(ShowExpiriesDocument, {
    variables: { id: accountId, first: expiriesShown },
    fetchPolicy: 'no-cache',
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is read again for every version.
  useEffect(() => void refetch(), [version, refetch]);
  const { nodes = [], pageInfo } = data?.account?.expiries ?? {};
  const marks = expiryMarks(nodes, useClock().getTime());
  if (marks.length === 0 && !error) return null;
  return (
    <section className="panel expiries" aria-labelledby="expiries">
      <h2 id="expiries">Expires next</h2>
      {error && <LoadError what="what expires" error={error} onRetry={() => void refetch()} />}
      {marks.length > 0 && <Axis marks={marks} />}
      <ul>
        {marks.slice(0, instantsInWords).map(({ at, points }) => (
          <li key={at}>
            <strong>
              <Figure value={points} />
            </strong>{' '}
            {points === 1 ? 'point expires' : 'points expire'} <Moment instant={at} />
          </li>
        ))}
      </ul>
      <More count={marks.length - instantsInWords} hasMore={pageInfo?.hasNextPage === true} />
    </section>
  );
}

/** Draws the axis. The words below say the same, so the picture is one image to screen readers. */
function Axis({ marks }: { readonly marks: readonly ExpiryMark[] }) {
  const last = marks.at(-1)!.at;
  return (
    <div className="axis">
      <div className="axis-marks" role="img" aria-label={axisText(marks)}>
        {marks.map(({ at, points, position, size }) => (
          <span
            key={at}
            className="axis-mark"
            title={`${counted(points, 'point')}, ${formatMoment(at)}`}
            style={{ insetInlineStart: `${100 * position}%`, blockSize: `${100 * size}%` }}
          />
        ))}
      </div>
      <p className="axis-ends hint" aria-hidden="true">
        <span>Now</span>
        <Instant instant={last}>{formatMoment(last)}</Instant>
      </p>
    </div>
  );
}

function axisText(marks: readonly ExpiryMark[]): string {
  const [next] = marks;
  const points = marks.reduce((sum, { points }) => sum + points, 0);
  return (
    `${counted(points, 'point')} on a time axis of ${counted(marks.length, 'instant')}: ` +
    `the next ${formatMoment(next!.at)}, the last ${formatMoment(marks.at(-1)!.at)}`
  );
}

function More({ count, hasMore }: { readonly count: number; readonly hasMore: boolean }) {
  if (count <= 0 && !hasMore) return null;
  return (
    <p className="hint">
      {count > 0 && (
        <>
          and at <Figure value={count} /> more instants on the axis
        </>
      )}
      {hasMore && (
        <>
          {' '}
          The next <Figure value={expiriesShown} /> grants that expire are shown.
        </>
      )}
    </p>
  );
}
