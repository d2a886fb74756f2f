import type { CSSProperties } from 'react';
import { counted, formatPoints, formatShare } from '../format/numbers';
import { VirtualList } from '../lists/virtual-list';
import { barParts, type PayerRow, rankedPayers, toneOf } from './ranked-payers';
import type { Taking } from './taking';

interface PayerPictureProps {
  readonly total: number;
  readonly balances: readonly { readonly payer: string; readonly points: number }[];
  /** What the spend in the form would take; null if there is none. */
  readonly taking: Taking | null;
}

const rowHeight = 43;

/** The balance as a bar with a segment per payer, above a row per payer. */
export function PayerPicture({ total, balances, taking }: PayerPictureProps) {
  const payers = rankedPayers(balances);
  const summary = `${formatPoints(total)} points of ${formatPoints(payers.length)} payers`;
  return (
    <section className="panel" aria-labelledby="payers">
      <h2 id="payers">Who the points are from</h2>
      <PayerBar payers={payers} total={total} taking={taking} summary={summary} />
      <OthersHint payers={payers} total={total} />
      <VirtualList
        label="Payers, the largest balance first"
        className="payers"
        rows={payers}
        keyOf={({ payer }) => payer}
        rowHeight={rowHeight}
      >
        {(row) => <PayerLine row={row} total={total} taken={taking?.byPayer.get(row.payer) ?? 0} />}
      </VirtualList>
    </section>
  );
}

/** What the grey part of the bar is. */
function OthersHint({ payers, total }: Pick<PayerBarProps, 'payers' | 'total'>) {
  const { count, points } = barParts(payers, null);
  if (count === 0) return null;
  return (
    <p className="hint">
      Grey: {counted(count, 'other payer')}, {formatShare(points, total)}
    </p>
  );
}

interface PayerBarProps {
  readonly payers: readonly PayerRow[];
  readonly total: number;
  readonly taking: Taking | null;
  readonly summary: string;
}

function PayerBar({ payers, total, taking, summary }: PayerBarProps) {
  if (total === 0) return <div className="bar bar-empty" role="img" aria-label="No points" />;
  const parts = barParts(payers, taking);
  return (
    <div className="bar" role="img" aria-label={summary}>
      {parts.named.map(({ payer, points, rank, taken }) => (
        <Segment
          key={payer}
          title={`${payer}: ${formatPoints(points)}`}
          tone={toneOf(rank)}
          points={points}
          taken={taken}
        />
      ))}
      {parts.count > 0 && (
        <Segment
          title={`${formatPoints(parts.count)} others: ${formatPoints(parts.points)}`}
          tone={toneOf(Number.POSITIVE_INFINITY)}
          points={parts.points}
          taken={parts.taken}
        />
      )}
    </div>
  );
}

interface SegmentProps {
  readonly title: string;
  readonly tone: string;
  readonly points: number;
  readonly taken: number;
}

function Segment({ title, tone, points, taken }: SegmentProps) {
  return (
    <span className={`segment ${tone}`} title={title} style={{ flexGrow: points }}>
      {taken > 0 && <span className="taken" style={partOf(taken, points)} />}
    </span>
  );
}

const partOf = (part: number, whole: number): CSSProperties => ({
  inlineSize: `${(100 * part) / whole}%`,
});

interface PayerLineProps {
  readonly row: PayerRow;
  readonly total: number;
  readonly taken: number;
}

function PayerLine({ row, total, taken }: PayerLineProps) {
  const { payer, points, rank } = row;
  return (
    <div className={points === 0 ? 'payer-line spent' : 'payer-line'}>
      <span className={`swatch ${points === 0 ? 'tone-none' : toneOf(rank)}`} aria-hidden="true" />
      <span className="payer-name" title={payer}>
        {payer}
      </span>
      {taken > 0 && <span className="would-pay">pays {formatPoints(taken)}</span>}
      <span className="share">{formatShare(points, total)}</span>
      <span className="figure">{formatPoints(points)}</span>
    </div>
  );
}
