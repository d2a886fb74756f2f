import type { Entry } from './lists';

/** Input for the form that takes points back, to correct a grant. A new object per request. */
export interface Correction {
  readonly payer: string;
  readonly points: number;
  readonly reference: string;
}

export type Grant = Extract<Entry, { __typename: 'Transaction' }>;

/** True if the entry is a grant, which can be taken back. */
export const isGrant = (entry: Entry): entry is Grant =>
  entry.__typename === 'Transaction' && entry.points > 0;

/** Returns the input that takes back all points of a grant. */
export function correctionOf({ payer, points, sequence }: Grant): Correction {
  return { payer, points, reference: `Correction of entry #${sequence}` };
}
