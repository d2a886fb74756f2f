import type { ReactNode } from 'react';
import { textProblem } from '../../../src/ledger/text';
import { fromLocalInput, momentProblem } from '../format/dates';
import { readPoints } from '../format/numbers';

export const changeFields = [
  'payer',
  'points',
  'timestamp',
  'availableFrom',
  'expiresAt',
  'reference',
] as const;
export type ChangeField = (typeof changeFields)[number];
export type Draft = Readonly<Record<ChangeField, string>>;
export type Problems = { readonly [Name in ChangeField]?: ReactNode };

/** A grant, or points to take back. */
export interface Change {
  readonly payer: string;
  /** Positive as typed; sent as negative points to take back. */
  readonly points: number;
  readonly timestamp: string;
  /** Of a grant; null if it begins at once. */
  readonly availableFrom: string | null;
  /** Of a grant; null if it never expires. */
  readonly expiresAt: string | null;
  readonly reference: string | null;
}

/** Reads the fields. Returns the messages by field if a value is invalid. */
export function readChange(
  draft: Draft,
): { readonly change: Change } | { readonly problems: Problems } {
  const points = readPositive(draft.points);
  const instant = fromLocalInput(draft.timestamp);
  const payerProblem = textProblem(draft.payer);
  const reference = referenceOf(draft.reference);
  const problems: Problems = {
    ...(payerProblem !== null && {
      payer: draft.payer === '' ? 'Type the name of the payer.' : `The payer ${payerProblem}.`,
    }),
    ...(typeof points === 'string' && { points }),
    ...(instant === null && { timestamp: momentProblem(draft.timestamp) }),
    ...optionalProblems(draft),
    ...referenceProblems(reference),
  };
  if (Object.keys(problems).length > 0 || typeof points === 'string' || instant === null) {
    return { problems };
  }
  const change = { payer: draft.payer, points, timestamp: instant.toISOString(), reference };
  return { change: { ...change, ...datesOf(draft) } };
}

function datesOf({ availableFrom, expiresAt }: Draft) {
  const instantOf = (text: string) => fromLocalInput(text)?.toISOString() ?? null;
  return { availableFrom: instantOf(availableFrom), expiresAt: instantOf(expiresAt) };
}

/** Returns the messages about dates that are neither empty nor an instant. */
function optionalProblems(draft: Draft): Problems {
  const wrong = (['availableFrom', 'expiresAt'] as const).filter(
    (name) => draft[name] !== '' && fromLocalInput(draft[name]) === null,
  );
  return Object.fromEntries(wrong.map((name) => [name, momentProblem(draft[name])]));
}

/** Returns the messages about dates of a form that are typed in part: their values are empty. */
export function halfTyped(form: HTMLFormElement): Problems {
  const inputs = [...form.querySelectorAll('input')].filter(({ validity }) => validity.badInput);
  return Object.fromEntries(inputs.map(({ name }) => [name, 'Complete the date and the time.']));
}

/** Returns the reference of a field; null if the field is empty. */
export const referenceOf = (text: string): string | null => (text === '' ? null : text);

/** Returns the message about a reference, if it is invalid. */
export function referenceProblems(reference: string | null): { readonly reference?: string } {
  const problem = reference === null ? null : textProblem(reference);
  return problem === null ? {} : { reference: `The reference ${problem}.` };
}

/** Returns a number of points above zero, or a message. */
export function readPositive(text: string): number | string {
  const points = readPoints(text);
  return typeof points === 'number' && points <= 0
    ? 'Type a number above zero, without a sign.'
    : points;
}
