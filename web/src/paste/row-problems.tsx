import type { RefusedRow } from '../../../src/import/read-import';
import { Counted, Figure } from '../format/isolated';
import { VirtualList } from '../lists/virtual-list';

const rowHeight = 40;

interface RowProblemsProps {
  readonly label: string;
  readonly rows: readonly RefusedRow[];
  /** The number of all such rows; `rows` may have only the first of them. */
  readonly count?: number;
}

/** Lists refused rows, each with its line and its reason. */
export function RowProblems({ label, rows, count = rows.length }: RowProblemsProps) {
  if (rows.length === 0) return null;
  return (
    <div className="row-problems">
      <p className="row-problems-head">
        <Counted count={count} one="row" /> {label}
      </p>
      <VirtualList
        label={`Rows ${label}`}
        rows={rows}
        keyOf={({ line }) => String(line)}
        rowHeight={rowHeight}
      >
        {({ line, reason }) => (
          <p className="row-problem">
            <strong>
              Line <Figure value={line} />
            </strong>{' '}
            <bdi>{reason}</bdi>
          </p>
        )}
      </VirtualList>
    </div>
  );
}
