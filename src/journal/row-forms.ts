import type { Entry } from '../ledger/entry';
import { hasChoices, inputText, outcomeText } from './entry-details';
import { entryColumns, type PlainRow, rowOf } from './entry-row';

/** Columns to insert, and the values of an entry for them. */
interface RowForm {
  readonly columns: readonly string[];
  rowOf(entry: Entry): readonly unknown[];
}

/**
 * What rows have besides the plain columns, as bits. A column that is left out costs nothing; one
 * that is null costs as much as another value.
 */
const [dates, actor, details] = [1, 2, 4];

/** Dates, an actor, both, or all columns: few forms, since databases keep each prepared. */
const forms: readonly RowForm[] = [
  { columns: entryColumns, rowOf },
  formOf(['available_from', 'expires_at'], withDates),
  formOf(['actor'], (row, entry) => [...row, actorOf(entry)]),
  formOf(['available_from', 'expires_at', 'actor'], (row, entry) => [
    ...withDates(row, entry),
    actorOf(entry),
  ]),
  formOf(
    ['available_from', 'expires_at', 'actor', 'target_sequence', 'input', 'outcome'],
    (row, entry) => [
      ...withDates(row, entry),
      actorOf(entry),
      'target' in entry ? entry.target : null,
      inputText(entry),
      outcomeText(entry),
    ],
  ),
];

/** Returns the form with the fewest columns that holds all of these entries. */
export function formFor(entries: readonly Entry[]): RowForm {
  let used = 0;
  for (let index = 0; index < entries.length && used < details; index += 1) {
    used |= usedBy(entries[index]!);
  }
  return forms[Math.min(used, details)]!;
}

function usedBy(entry: Entry): number {
  if (entry.kind === 'spend' ? hasChoices(entry) : entry.kind !== 'transaction') return details;
  const isDated =
    entry.kind === 'transaction' &&
    (entry.availableFrom !== undefined || entry.expiresAt !== undefined);
  return (isDated ? dates : 0) | (entry.actor === undefined ? 0 : actor);
}

function formOf(
  more: readonly string[],
  complete: (row: PlainRow, entry: Entry) => readonly unknown[],
): RowForm {
  return { columns: [...entryColumns, ...more], rowOf: (entry) => complete(rowOf(entry), entry) };
}

function withDates(row: PlainRow, entry: Entry): readonly unknown[] {
  const availableFrom = entry.kind === 'transaction' ? entry.availableFrom : null;
  const isDated = entry.kind === 'transaction' || entry.kind === 'hold';
  return [...row, availableFrom ?? null, (isDated ? entry.expiresAt : null) ?? null];
}

function actorOf(entry: Entry): string | null {
  return entry.actor ?? null;
}
