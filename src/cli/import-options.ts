import { readColumnRules } from '../import/column-rules';
import type { ImportFormat } from '../import/file-format';
import type { ReadingOptions } from '../import/reading-options';

export interface ImportOptions {
  readonly url: string;
  readonly tokenFile?: string;
  readonly name?: string;
  readonly format?: ImportFormat;
  readonly refusals?: string;
  /** The most calls in flight. */
  readonly concurrency: number;
  /** Seconds. */
  readonly patience: number;
  readonly trim?: boolean;
  readonly keepBlanks?: boolean;
  readonly cutDigits?: boolean;
  readonly skipExpired?: boolean;
  readonly map: readonly string[];
  readonly set: readonly string[];
  readonly acceptDates?: boolean;
  readonly again?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/**
 * Returns how rows are read under the options, with the present clock.
 * @throws ImportError if --map or --set is wrong.
 */
export function readingOf(options: ImportOptions): ReadingOptions {
  const { trim, keepBlanks, cutDigits, skipExpired, map, set } = options;
  const kept = keepBlanks ? 'keep' : 'refuse';
  return {
    blanks: trim ? 'trim' : kept,
    cutsDigits: cutDigits ?? false,
    ...(skipExpired ? { skipsExpiredAt: Date.now() } : {}),
    columns: readColumnRules(map, set),
    advice: {
      blanks: 'import with --trim, which removes such blanks, or --keep-blanks, which keeps them',
      digits: 'import with --cut-digits, which drops them',
    },
  };
}
