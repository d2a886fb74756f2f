import type { RefusedRow } from '../../../src/import/read-import';
import { counted, formatPoints } from '../format/numbers';
import { VirtualList } from '../lists/virtual-list';

const rowHeight = 40;

interface RowProblemsProps {
  readonly label: string;
  readonly rows: readonly RefusedRow[];
}

/** Refused rows, each with its line and its reason. */
export function RowProblems({ label, rows }: RowProblemsProps) {
  if (rows.length === 0) return null;
  return (
    <div className="row-problems">
      <p className="row-problems-head">
        {counted(rows.length, 'row')} {label}
      </p>
      <VirtualList
        label={`Rows ${label}`}
        rows={rows}
        keyOf={({ line }) => String(line)}
        rowHeight={rowHeight}
      >
        {({ line, reason }) => (
          <p className="row-problem">
            <strong>Line {formatPoints(line)}</strong> {reason}
          </p>
        )}
      </VirtualList>
    </div>
  );
}
