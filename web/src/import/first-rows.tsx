import type { ImportRow } from '../../../src/import/read-import';
import { Change, Figure, Name } from '../format/isolated';
import { Moment } from '../format/moment';

/** Shows the first rows of a file as they were understood, so that a mistaken column is noticed. */
export function FirstRows({ rows }: { readonly rows: readonly ImportRow[] }) {
  if (rows.length === 0) return null;
  const isDated = rows.some(({ input }) => input.availableFrom ?? input.expiresAt);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls on narrow screens.
    <section className="first-rows" tabIndex={0} aria-label="The first rows">
      <table>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Account</th>
            <th scope="col">Payer</th>
            <th scope="col" className="figure">
              Points
            </th>
            <th scope="col">Earned</th>
            {isDated && <th scope="col">Begins</th>}
            {isDated && <th scope="col">Expires</th>}
            <th scope="col">Reference</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.line} row={row} isDated={isDated} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly row: ImportRow;
  /** True if there are columns for the dates. */
  readonly isDated: boolean;
}

function Row({ row: { line, input }, isDated }: RowProps) {
  return (
    <tr>
      <td>
        <Figure value={line} />
      </td>
      <td>
        <Name>{input.accountId}</Name>
      </td>
      <td>
        <Name>{input.payer}</Name>
      </td>
      <td className="figure">
        <Change value={input.points} />
      </td>
      <td>
        <Moment instant={input.timestamp} />
      </td>
      {isDated && <td>{input.availableFrom && <Moment instant={input.availableFrom} />}</td>}
      {isDated && <td>{input.expiresAt && <Moment instant={input.expiresAt} />}</td>}
      <td>{input.reference != null && <Name>{input.reference}</Name>}</td>
    </tr>
  );
}
