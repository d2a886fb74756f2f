import type { Entry } from './lists';

export type Grant = Extract<Entry, { __typename: 'Transaction' }>;

/** True if the entry is a grant, which can be taken back. */
export const isGrant = (entry: Entry): entry is Grant =>
  entry.__typename === 'Transaction' && entry.points > 0;
