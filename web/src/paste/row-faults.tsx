import type { RefusedRow } from '../../../src/import/read-import';
import { counted, formatPoints } from '../format/numbers';
import { VirtualList } from '../lists/virtual-list';

const rowHeight = 40;

interface RowFaultsProps {
  readonly label: string;
  readonly rows: readonly RefusedRow[];
}

/** Rows that cannot be taken, by their line, each with its reason. */
export function RowFaults({ label, rows }: RowFaultsProps) {
  if (rows.length === 0) return null;
  return (
    <div className="row-faults">
      <p className="row-faults-head">
        {counted(rows.length, 'row')} {label}
      </p>
      <VirtualList
        label={`Rows ${label}`}
        rows={rows}
        keyOf={({ line }) => String(line)}
        rowHeight={rowHeight}
      >
        {({ line, reason }) => (
          <p className="row-fault">
            <strong>Line {formatPoints(line)}</strong> {reason}
          </p>
        )}
      </VirtualList>
    </div>
  );
}
