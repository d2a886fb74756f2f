import { shownName } from '../ledger/shown-name';
import { type ColumnRules, fieldOfUnder, plainRules } from './column-rules';
import { type Column, columnOf, columns, fields, type Header } from './columns';
import { ImportError } from './import-error';
import { shownValue } from './shown-value';
import { plainName, suggestion } from './suggestion';

type Found = Column | 'unnamed' | null | undefined;

/** A message names at most this many problems. */
const problemsMax = 6;

/**
 * Reads the first line of a CSV.
 * @throws ImportError that names the wrong columns.
 */
export function readHeader(
  names: readonly string[],
  line: number,
  rules: ColumnRules = plainRules,
): Header {
  const fieldOf = fieldOfUnder(rules);
  const found = names.map((name): Found => (name.trim() === '' ? 'unnamed' : fieldOf(name)));
  const problems = [
    ...names.flatMap((name, at) => (found[at] === undefined ? unknownProblem(name) : [])),
    ...columns.flatMap((column) => doubleProblem(column, names, found)),
    ...columns.flatMap((column) => ruleProblem(column, names, found, rules)),
    ...missingProblems(found, rules),
  ];
  if (problems.length === 0) return { columns: names, fields: found.map((each) => each ?? null) };
  const shown = problems.slice(0, problemsMax).join('; ');
  const more = problems.length - problemsMax;
  throw new ImportError(`${shown}${more > 0 ? `; and ${more} more` : ''}. ${rightHeader}`, line);
}

const columnNames = columns.map((column) => columnOf[column]);
const rightHeader =
  'The first line names the columns, in any order: payer, points (or credit and debit) and ' +
  'timestamp are required; account_id, available_from, expires_at, reference and idempotency_key ' +
  'are optional.';

function unknownProblem(name: string): string[] {
  return [`there is no column ${shownValue(name)}${suggestion(name, columnNames)}`];
}

function doubleProblem(column: Column, names: readonly string[], found: readonly Found[]) {
  const same = names.filter((_name, at) => found[at] === column);
  if (same.length < 2) return [];
  return [
    `${same.map((name) => JSON.stringify(shownName(name))).join(' and ')} are the same column`,
  ];
}

function ruleProblem(
  column: Column,
  names: readonly string[],
  found: readonly Found[],
  { names: mapped, values }: ColumnRules,
): string[] {
  const name = mapped[column];
  if (name !== undefined && !names.some((each) => plainName(each) === plainName(name))) {
    return [`there is no column ${shownValue(name)}, which is mapped to ${columnOf[column]}`];
  }
  const isField = (fields as readonly Column[]).includes(column);
  const isSet = isField && values[column as keyof typeof values] !== undefined;
  return isSet && found.includes(column)
    ? [`the file has a column ${columnOf[column]}, so it cannot be set`]
    : [];
}

function missingProblems(found: readonly Found[], { values }: ColumnRules): string[] {
  const hasAmount = found.includes('credit') || found.includes('debit');
  const hasPoints = found.includes('points') || values.points !== undefined;
  const missing = (column: 'payer' | 'timestamp') =>
    found.includes(column) || values[column] !== undefined
      ? []
      : [`the column ${columnOf[column]} is missing`];
  const points = hasPoints || hasAmount ? [] : ['the column points is missing'];
  const both = hasPoints && hasAmount ? ['points and credit or debit exclude each other'] : [];
  return [...missing('payer'), ...points, ...both, ...missing('timestamp')];
}
