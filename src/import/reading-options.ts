/** How to treat blanks around names, and a quoted cell after a blank. */
export type BlanksRule = 'refuse' | 'trim' | 'keep';

/** How the rows of a file are read. Only `trim` changes the content of a row, and so its key. */
export interface ReadingOptions {
  readonly blanks: BlanksRule;
  /** Truncates instants to milliseconds; otherwise, further digits that are not zero are refused. */
  readonly cutsDigits: boolean;
  /** Appended to a reason if the user can choose another rule: how to choose it. */
  readonly advice?: { readonly blanks: string; readonly digits: string };
}

export const strictReading: ReadingOptions = { blanks: 'refuse', cutsDigits: false };
