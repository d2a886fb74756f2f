import { Link } from 'wouter';
import { formatPoints } from '../format/numbers';
import { accountPath } from '../frame/paths';

interface AccountTableProps {
  readonly accounts: readonly { readonly id: string; readonly points: number }[];
}

export function AccountTable({ accounts }: AccountTableProps) {
  return (
    <table className="accounts">
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col" className="figure">
            Points to spend
          </th>
        </tr>
      </thead>
      <tbody>
        {accounts.map(({ id, points }) => (
          <tr key={id}>
            <th scope="row">
              <Link href={accountPath(id)}>{id}</Link>
            </th>
            <td className="figure">{formatPoints(points)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
