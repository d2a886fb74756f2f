import { Figure, Name } from '../format/isolated';
import type { Previewing } from './use-preview';

const payersShown = 8;

interface PreviewedPayersProps extends Previewing {
  readonly title: string;
}

/** Lists the payers whose points would be taken. The button works without this preview too. */
export function PreviewedPayers({ preview, previewError, title }: PreviewedPayersProps) {
  const deductions = preview?.deductions ?? [];
  const rest = deductions.slice(payersShown);
  const restPoints = rest.reduce((sum, { points }) => sum - points, 0);
  return (
    <div className="preview" aria-live="polite">
      {previewError !== null && <p>No preview: {previewError}</p>}
      {deductions.length > 0 && (
        <>
          <p>{title}</p>
          <ul>
            {deductions.slice(0, payersShown).map(({ payer, points }) => (
              <li key={payer}>
                <span className="payer-name">
                  <Name>{payer}</Name>
                </span>
                <span className="figure">
                  <Figure value={-points} />
                </span>
              </li>
            ))}
            {rest.length > 0 && (
              <li>
                <span>
                  <Figure value={rest.length} /> more
                </span>
                <span className="figure">
                  <Figure value={restPoints} />
                </span>
              </li>
            )}
          </ul>
        </>
      )}
    </div>
  );
}
