import { type Column, columnOf, columns, type Field, fieldOf } from './columns';
import { ImportError } from './import-error';
import { pointsTextProblem } from './points-text';
import { shownValue } from './shown-value';
import { plainName, suggestion } from './suggestion';

/** How the columns of a file are read. Acts before keys are derived. */
export interface ColumnRules {
  /** The name, in the file, of a column that has another name than usual. */
  readonly names: Readonly<Partial<Record<Column, string>>>;
  /** The value of a column that the file does not have. */
  readonly values: Readonly<Partial<Record<Field, string>>>;
}

export const plainRules: ColumnRules = { names: {}, values: {} };

/** A function that returns what a name in the file means, as {@link fieldOf} does. */
export type FieldOf = typeof fieldOf;

/** Returns how names are read under the rules: a mapped name wins over its usual meaning. */
export function fieldOfUnder({ names }: ColumnRules): FieldOf {
  const mapped = new Map<string, Column>();
  for (const column of columns) {
    const name = names[column];
    if (name !== undefined) mapped.set(plainName(name), column);
  }
  return mapped.size === 0 ? fieldOf : (name) => mapped.get(plainName(name)) ?? fieldOf(name);
}

/**
 * Reads rules of the form `payer=Brand`.
 * @param maps column = its name in the file.
 * @param sets column = its value.
 * @throws ImportError for a text that is not a rule, and for rules that contradict each other.
 */
export function readColumnRules(maps: readonly string[], sets: readonly string[]): ColumnRules {
  const names: { -readonly [Name in Column]?: string } = {};
  const values: { -readonly [Name in Field]?: string } = {};
  for (const [column, name] of maps.map((text) => parted(text, mapForm))) {
    if (name.trim() === '') throw ruleError(mapForm, `${columnOf[column]}=${name}`);
    if (names[column] !== undefined) throw twice(column, mapForm);
    const other = columns.find((each) => names[each] && sameName(names[each], name));
    if (other !== undefined) {
      throw new ImportError(
        `--map: ${shownValue(name)} is mapped to ${columnOf[other]} and to ${columnOf[column]}.`,
      );
    }
    names[column] = name;
  }
  for (const [column, value] of sets.map((text) => parted(text, setForm))) {
    const field = settable(column, value);
    if (values[field] !== undefined) throw twice(field, setForm);
    if (names[field] !== undefined) {
      throw new ImportError(`--map and --set both name ${columnOf[field]}; keep one of the two.`);
    }
    values[field] = value;
  }
  return { names, values };
}

/** What an option must be, and an example of it. */
interface RuleForm {
  readonly option: string;
  readonly shape: string;
  readonly example: string;
}

const mapForm: RuleForm = { option: '--map', shape: 'COLUMN=NAME', example: 'payer=Brand' };
const setForm: RuleForm = {
  option: '--set',
  shape: 'COLUMN=VALUE',
  example: 'account_id=member-1',
};

function ruleError({ option, shape, example }: RuleForm, text: string): ImportError {
  return new ImportError(
    `${option} is ${shownValue(text)}; it must be ${shape}, such as ${example}.`,
  );
}

function parted(text: string, form: RuleForm): [Column, string] {
  const at = text.indexOf('=');
  if (at < 0) throw ruleError(form, text);
  const name = text.slice(0, at);
  const column = fieldOf(name);
  if (column != null) return [column, text.slice(at + 1)];
  const names = columns.map((each) => columnOf[each]);
  const near = suggestion(name, names) || '.';
  throw new ImportError(
    `${form.option} is ${shownValue(text)}: there is no column ${shownValue(name)}${near} ` +
      `The columns are ${names.join(', ')}.`,
  );
}

/** @throws ImportError if a value for all rows makes no sense, or is not one. */
function settable(column: Column, value: string): Field {
  if (column === 'idempotencyKey' || column === 'credit' || column === 'debit') {
    throw new ImportError(`--set: ${columnOf[column]} cannot have one value for all rows.`);
  }
  const problem = column === 'points' ? pointsTextProblem(value) : null;
  if (problem === null) return column;
  throw new ImportError(
    `--set: ${shownValue(value)} is not a number of points for all rows: ${problem}.`,
  );
}

function sameName(left: string, right: string): boolean {
  return plainName(left) === plainName(right);
}

function twice(column: Column, { option }: RuleForm): ImportError {
  return new ImportError(`${option} names ${columnOf[column]} twice; keep one of the two.`);
}
