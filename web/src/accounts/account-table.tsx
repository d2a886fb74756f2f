import { Link } from 'wouter';
import { Figure, Name } from '../format/isolated';
import { Moment } from '../format/moment';
import { accountPath } from '../frame/paths';
import type { ListAccountsQuery } from '../generated/operations';

interface AccountTableProps {
  readonly accounts: ListAccountsQuery['accounts']['nodes'];
}

export function AccountTable({ accounts }: AccountTableProps) {
  return (
    <table className="accounts panel">
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col" className="entries-column">
            Entries
          </th>
          <th scope="col" className="changed-column">
            Last change
          </th>
          <th scope="col" className="figure">
            Points to spend
          </th>
        </tr>
      </thead>
      <tbody>
        {accounts.map(({ id, points, history }) => (
          <tr key={id}>
            <th scope="row">
              <Link href={accountPath(id)}>
                <Name>{id}</Name>
              </Link>
            </th>
            <td className="entries-column">
              <Figure value={history.nodes[0]?.sequence ?? 0} />
            </td>
            <td className="changed-column">
              {history.nodes[0] && <Moment instant={history.nodes[0].recordedAt} />}
            </td>
            <td className="figure">
              <Figure value={points} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
