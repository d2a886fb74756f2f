import type { Account } from './account';
import type { Entry } from './entry';

/** Takes back what `evolve` did. Undos are called in the reverse order of their evolves. */
export type Undo = () => void;

/** Applies an accepted entry to the account, in place. */
export function evolve(_account: Account, _entry: Entry): Undo {
  throw new Error('not there yet');
}
