import type { Entry } from './lists';

type Kind<Name extends Entry['__typename']> = Extract<Entry, { __typename: Name }>;

/**
 * Returns how much an entry changed the points that can be spent, and of a grant its points, also
 * if they begin later. Null for a capture, and for a kind that this console does not know.
 */
export function changeOf(entry: Entry): number | null {
  switch (entry.__typename) {
    case 'Transaction':
      return entry.points;
    case 'Spend':
      // Captured points were held before, and held points cannot be spent.
      return entry.hold === null ? -entry.points : null;
    case 'Hold':
      return -entry.points;
    case 'Release':
    case 'SpendReversal':
      return entry.points - entry.expired;
    case 'TransactionReversal':
      return changeOfReversal(entry);
    case 'Lapse':
      return sumOf(entry.begun) + sumOf(entry.endedHolds) - entry.expired;
    default:
      return null;
  }
}

/** Points that were still pending are in no balance. */
function changeOfReversal(entry: Kind<'TransactionReversal'>): number {
  const { fromLot, debited, lifted, recordedAt, transaction } = entry;
  const { availableFrom } = transaction;
  const isPending = availableFrom !== null && Date.parse(availableFrom) > Date.parse(recordedAt);
  return lifted - debited - (isPending ? 0 : fromLot);
}

/** Returns what an entry looks like beside others: the name of a style. */
export function styleOf(entry: Entry): string {
  if (entry.__typename === 'Spend') return 'is-spend';
  return (changeOf(entry) ?? 0) > 0 ? 'is-grant' : 'is-debit';
}

function sumOf(rows: readonly { readonly points: number }[]): number {
  return rows.reduce((sum, { points }) => sum + points, 0);
}
