import type { Field } from './columns';

/** The unchecked value of each field of a record; undefined if the field is missing. */
export type RowValues = { readonly [Name in Field]?: unknown };

export interface RowProblem {
  /** The API's code, if the API has one. */
  readonly code: string;
  readonly reason: string;
}

export function malformedRow(problem: string): RowProblem {
  return { code: 'MALFORMED_ROW', reason: `The row cannot be read: ${problem}.` };
}
