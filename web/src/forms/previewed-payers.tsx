import { formatPoints } from '../format/numbers';
import type { Previewing } from './use-preview';

const payersShown = 8;

/** Who would pay, before the button is pressed; the button works without it. */
export function PreviewedPayers({ preview, previewFault }: Previewing) {
  const deductions = preview?.deductions ?? [];
  const rest = deductions.slice(payersShown);
  const restPoints = rest.reduce((sum, { points }) => sum - points, 0);
  return (
    <div className="preview" aria-live="polite">
      {previewFault !== null && <p>No preview now: {previewFault}</p>}
      {deductions.length > 0 && (
        <>
          <p>Would be paid by</p>
          <ul>
            {deductions.slice(0, payersShown).map(({ payer, points }) => (
              <li key={payer}>
                <span className="payer-name">{payer}</span>
                <span className="figure">{formatPoints(-points)}</span>
              </li>
            ))}
            {rest.length > 0 && (
              <li>
                <span>{formatPoints(rest.length)} more</span>
                <span className="figure">{formatPoints(restPoints)}</span>
              </li>
            )}
          </ul>
        </>
      )}
    </div>
  );
}
