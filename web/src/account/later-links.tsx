import { Link } from 'wouter';
import { Figure } from '../format/isolated';
import { entryPath } from '../frame/paths';
import type { Later } from './later-entries';

/** Says what happened to an entry later, with a link to each. */
export function LaterLinks({ later }: { readonly later: readonly Later[] }) {
  return later.map(({ id, sequence, what }) => (
    <span key={`${what} ${id}`}>
      {what}{' '}
      <Link href={entryPath(id)}>
        #<Figure value={sequence} />
      </Link>
    </span>
  ));
}
