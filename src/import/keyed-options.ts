import type { ColumnRules, FieldOf } from './column-rules';
import type { Field } from './columns';
import type { BlanksRule } from './reading-options';

/** What a file says about the reading of its records. */
export interface KeyedOptions {
  readonly blanks: BlanksRule;
  readonly rules: ColumnRules;
  /** Returns what a name in the file means. */
  readonly fieldOf: FieldOf;
  /** Returns the name of a field in the file. */
  readonly nameOf: (field: Field) => string;
}
