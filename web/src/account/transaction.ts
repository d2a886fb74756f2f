import type { Entry } from './lists';

export type Transaction = Extract<Entry, { __typename: 'Transaction' }>;

/** True if the entry is a grant, which can be taken back. */
export const isGrant = (entry: Entry): entry is Transaction =>
  entry.__typename === 'Transaction' && entry.points > 0;

/** True if the entry is a debit, which can be lifted. */
export const isDebit = (entry: Entry): entry is Transaction =>
  entry.__typename === 'Transaction' && entry.points < 0;
