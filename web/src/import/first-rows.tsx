import type { ImportRow } from '../../../src/import/read-import';
import { Change, Figure, Name } from '../format/isolated';
import { Moment } from '../format/moment';

/** Shows the first rows of a file as they were understood, so that a mistaken column is noticed. */
export function FirstRows({ rows }: { readonly rows: readonly ImportRow[] }) {
  if (rows.length === 0) return null;
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
            <th scope="col">Reference</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.line} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ row: { line, input } }: { readonly row: ImportRow }) {
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
      <td>{input.reference != null && <Name>{input.reference}</Name>}</td>
    </tr>
  );
}
