import type { Entry } from '../../src/ledger/entry';
import type { NaiveBooks } from '../model/naive-books';
import type { ApiEntry } from './api-entry';

/** What a response showed of an entry as it was when the response was made. */
export type Current =
  | {
      readonly kind: 'hold';
      readonly id: string;
      readonly held: number;
      readonly status: string;
    }
  | { readonly kind: 'reversed'; readonly id: string; readonly reversed: number };

/** Separates what stays as it is from what is current, of an entry and of those within it. */
export function apart(received: ApiEntry): {
  readonly entry: ApiEntry;
  readonly current: readonly Current[];
} {
  const current: Current[] = [];
  const entry = JSON.parse(JSON.stringify(received), (_name, value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const { held, status, reversed, ...lasting } = value;
    const { id } = lasting;
    if (status !== undefined) current.push({ kind: 'hold', id, held, status });
    if (reversed !== undefined) current.push({ kind: 'reversed', id, reversed });
    return lasting;
  });
  return { entry, current };
}

/**
 * True if an entry is in this state, in the books.
 * @param later the entries that name it.
 */
export function isCurrent(
  value: Current,
  entry: Entry,
  later: readonly Entry[],
  books: NaiveBooks,
): boolean {
  if (value.kind === 'reversed') return value.reversed === sumOf(later);
  const held = sumOf(books.holds.find(({ sequence }) => sequence === entry.sequence)?.lots ?? []);
  return value.held === held && value.status === (held > 0 ? 'OPEN' : closedBy(later, entry));
}

/** Returns the status of a hold that is over, by the entries that name it. */
function closedBy(later: readonly Entry[], hold: Entry): string {
  const last = later.at(-1);
  if (last?.kind === 'release') return 'RELEASED';
  const isClosing = last !== undefined && 'keepRest' in last && !last.keepRest;
  return isClosing || sumOf(later) === hold.points ? 'CAPTURED' : 'ENDED';
}

function sumOf(parts: readonly { readonly points: number }[]): number {
  return parts.reduce((sum, { points }) => sum + points, 0);
}
