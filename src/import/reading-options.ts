/** What to do with blanks around names, and with a quoted cell that follows a blank. */
export type BlanksRule = 'refuse' | 'trim' | 'keep';

/** How the rows of a file are read. Only `trim` changes what a row says, and so its key. */
export interface ReadingOptions {
  readonly blanks: BlanksRule;
  /** Truncates instants to milliseconds; otherwise, further digits that are not zero are refused. */
  readonly cutsDigits: boolean;
  /** Appended to a reason, where the user can choose another rule: how to choose it. */
  readonly advice?: { readonly blanks: string; readonly digits: string };
}

export const strictReading: ReadingOptions = { blanks: 'refuse', cutsDigits: false };
