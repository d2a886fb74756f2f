import { textFault } from '../../../src/ledger/text';
import { fromLocalInput } from '../format/dates';
import { readPoints } from '../format/numbers';

export const changeFields = ['payer', 'points', 'timestamp', 'reference'] as const;
export type ChangeField = (typeof changeFields)[number];
export type Draft = Readonly<Record<ChangeField, string>>;
export type Faults = { readonly [Name in ChangeField]?: string };

export interface Change {
  readonly payer: string;
  /** As typed, positive; negative when it is sent to take back. */
  readonly points: number;
  readonly timestamp: string;
  readonly reference: string | null;
}

/** Reads what stands in the fields; answers what is wrong with them if anything is. */
export function readChange(
  draft: Draft,
): { readonly change: Change } | { readonly faults: Faults } {
  const points = readPositive(draft.points);
  const instant = fromLocalInput(draft.timestamp);
  const payerFault = textFault(draft.payer);
  const referenceFault = draft.reference === '' ? null : textFault(draft.reference);
  const faults: Faults = {
    ...(payerFault !== null && {
      payer: draft.payer === '' ? 'Type the name of the payer.' : `The payer ${payerFault}.`,
    }),
    ...(typeof points === 'string' && { points }),
    ...(instant === null && { timestamp: 'Choose a date and a time.' }),
    ...(referenceFault !== null && { reference: `The reference ${referenceFault}.` }),
  };
  if (Object.keys(faults).length > 0 || typeof points === 'string' || instant === null) {
    return { faults };
  }
  const reference = draft.reference === '' ? null : draft.reference;
  return { change: { payer: draft.payer, points, timestamp: instant.toISOString(), reference } };
}

/** A number of points above zero, or what is wrong with the text. */
export function readPositive(text: string): number | string {
  const points = readPoints(text);
  return typeof points === 'number' && points <= 0
    ? 'Type a number above zero; the form tells which way it goes.'
    : points;
}
