import type { ColumnRules } from './column-rules';

/** How to treat blanks around names, and a quoted cell after a blank. */
export type BlanksRule = 'refuse' | 'trim' | 'keep';

/**
 * How the rows of a file are read. Only `trim` and `columns` change what a row says, and its key.
 */
export interface ReadingOptions {
  readonly blanks: BlanksRule;
  /**
   * Truncates instants to milliseconds; otherwise, further digits that are not zero are refused.
   */
  readonly cutsDigits: boolean;
  /** Refuses rows that name no account, as a ledger without a default account does. */
  readonly requiresAccount?: boolean;
  /** Columns with other names, and values for all rows; none if missing. */
  readonly columns?: ColumnRules;
  /**
   * Skips grants whose `expiresAt` is at or before this instant, in milliseconds since 1970 UTC;
   * otherwise the server refuses them. Missing for none.
   */
  readonly skipsExpiredAt?: number;
  /** Appended to a reason if the user can choose another rule: how to choose it. */
  readonly advice?: { readonly blanks: string; readonly digits: string };
}

export const strictReading: ReadingOptions = { blanks: 'refuse', cutsDigits: false };
