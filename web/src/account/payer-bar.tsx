import type { CSSProperties } from 'react';
import { Counted, Figure, Share } from '../format/isolated';
import { counted, formatPoints } from '../format/numbers';
import { type BarSegment, barSegments, type PayerRow, payersOfHalf } from './ranked-payers';
import type { Taking } from './taking';

interface PayerBarProps {
  readonly payers: readonly PayerRow[];
  readonly total: number;
  readonly taking: Taking | null;
}

/** Shows the balance as a bar, and a legend of the segments that several payers share. */
export function PayerBar({ payers, total, taking }: PayerBarProps) {
  if (total === 0) return <div className="bar bar-empty" role="img" aria-label="No points" />;
  const segments = barSegments(payers, taking);
  const shared = segments.filter(({ payer }) => payer === null);
  const summary = `${counted(total, 'point')} of ${counted(payers.length, 'payer')}`;
  return (
    <>
      <div className="bar" role="img" aria-label={summary}>
        {segments.map((segment) => (
          <Segment key={segment.start} segment={segment} />
        ))}
      </div>
      {shared.length > 0 && (
        <>
          <Legend segments={shared} total={total} />
          <Concentration payers={payers} total={total} />
        </>
      )}
    </>
  );
}

function Segment({ segment }: { readonly segment: BarSegment }) {
  const { payer, start, end, tone, points, taken } = segment;
  const name = payer ?? `Payers ${formatPoints(start + 1)} to ${formatPoints(end)}`;
  return (
    <span
      className={`segment ${tone}`}
      title={`${name}: ${formatPoints(points)}`}
      style={{ flexGrow: points }}
    >
      {taken > 0 && <span className="taken" style={partOf(taken, points)} />}
    </span>
  );
}

const partOf = (part: number, whole: number): CSSProperties => ({
  inlineSize: `${(100 * part) / whole}%`,
});

interface LegendProps {
  readonly segments: readonly BarSegment[];
  readonly total: number;
}

function Legend({ segments, total }: LegendProps) {
  return (
    <ul className="legend" aria-label="Shared segments of the bar, by rank">
      {segments.map(({ start, end, tone, points }) => (
        <li key={start}>
          <span className={`swatch ${tone}`} aria-hidden="true" />
          <span>
            Payers <Figure value={start + 1} /> to <Figure value={end} />
          </span>
          <strong>
            <Share part={points} total={total} />
          </strong>
        </li>
      ))}
    </ul>
  );
}

function Concentration({ payers, total }: Pick<PayerBarProps, 'payers' | 'total'>) {
  const half = payersOfHalf(payers, total);
  return (
    <p className="hint">
      The largest <Counted count={half} one="payer" /> of <Figure value={payers.length} /> hold half
      of the points.
    </p>
  );
}
