import type { Entry } from './lists';

/** Input for the form that takes points back, to correct a grant. A new object per request. */
export interface Correction {
  readonly payer: string;
  readonly points: number;
  readonly reference: string;
}

export type Grant = Extract<Entry, { __typename: 'Transaction' }>;

/** Navigation state of a link to an account that begins a correction. */
export interface CorrectionState {
  readonly correction: Correction;
}

/**
 * Returns the correction of the link that led here, once: a reload of the page must not fill in the
 * form again.
 */
export function correctionOfNavigation(): Correction | null {
  const state = history.state as Partial<CorrectionState> | null;
  if (!state?.correction) return null;
  history.replaceState(null, '');
  return state.correction;
}

/** True if the entry is a grant, which can be taken back. */
export const isGrant = (entry: Entry): entry is Grant =>
  entry.__typename === 'Transaction' && entry.points > 0;

/** Returns the input that takes back all points of a grant. */
export function correctionOf({ payer, points, sequence }: Grant): Correction {
  return { payer, points, reference: `Correction of entry #${sequence}` };
}
