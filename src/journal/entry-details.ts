import type { Allocation, Entry } from '../ledger/entry';
import { broken } from '../ledger/invariant';
import type { LapseRow } from '../ledger/lapse-entry';
import type { SpendReversalEntry, TransactionReversalEntry } from '../ledger/reversal-entry';
import { UnknownEntry } from './journal-error';

/*
 * The columns `input` and `outcome` of an entry, as JSON. `input` is what was requested and is in no
 * other column, `outcome` what an entry did besides its points and allocations:
 *
 *     spendReversal        {"requested":10}                      {"total":30,"rows":[…]}
 *     transactionReversal  {"requested":null,"spentPart":"DEBIT"}
 *                                        {"fromLot":5,"debited":2,"lifted":0,"total":7}
 *     lapse                                                      {"rows":[…]}
 *
 * A row has the fields of {@link LapseRow}. Other kinds have neither. A member that is not listed
 * here was written by a newer version.
 */

const rowMembers: Readonly<Record<LapseRow['kind'], readonly string[]>> = {
  expiry: ['kind', 'at', 'sequence', 'timestamp', 'payer', 'expired', 'settled', 'totals'],
  beginning: ['kind', 'at', 'sequence', 'timestamp', 'payer', 'points'],
};

/** Returns the column `input` of an entry. */
export function inputText(entry: Entry): string | null {
  if (!('requested' in entry)) return null;
  const { requested } = entry;
  if (entry.kind === 'spendReversal') return JSON.stringify({ requested });
  return JSON.stringify({ requested, spentPart: entry.spentPart });
}

/** Returns the column `outcome` of an entry. O(rows). */
export function outcomeText(entry: Entry): string | null {
  if (entry.kind === 'lapse') return JSON.stringify({ rows: entry.rows.map(inOrder) });
  if (entry.kind === 'spendReversal') {
    return JSON.stringify({ total: entry.total, rows: entry.lapses.map(inOrder) });
  }
  if (entry.kind !== 'transactionReversal') return null;
  const { fromLot, debited, lifted, total } = entry;
  return JSON.stringify({ fromLot, debited, lifted, total });
}

/** Returns a row with exactly the members that are read, in one order. */
function inOrder(row: LapseRow): object {
  const values = row as unknown as Record<string, unknown>;
  return Object.fromEntries(rowMembers[row.kind].map((member) => [member, values[member]]));
}

/**
 * Reads the rows of a lapse.
 * @throws UnknownEntry, with what is not known as its message.
 */
export function rowsOf(outcome: string): LapseRow[] {
  const { rows } = membersOf<{ rows: LapseRow[] }>('outcome', outcome, ['rows']);
  rows.forEach(checkRow);
  return rows;
}

type SpendReversalPart = Pick<
  SpendReversalEntry,
  'kind' | 'allocations' | 'requested' | 'total' | 'lapses'
>;
type TransactionReversalPart = Pick<
  TransactionReversalEntry,
  | 'kind'
  | 'payer'
  | 'timestamp'
  | 'requested'
  | 'spentPart'
  | 'fromLot'
  | 'debited'
  | 'lifted'
  | 'total'
>;

interface OtherColumns {
  readonly payer: string | null;
  readonly timestamp: number | null;
  readonly allocations: string | null;
}

/**
 * Reads what only reversals have; null if a value of the other columns is missing.
 * @throws UnknownEntry, with what is not known as its message.
 */
export function reversalOf(
  kind: string,
  { payer, timestamp, allocations }: OtherColumns,
  input: string,
  outcome: string,
): SpendReversalPart | TransactionReversalPart | null {
  if (kind === 'spendReversal' && allocations !== null) {
    const given = membersOf<Pick<SpendReversalPart, 'requested'>>('input', input, ['requested']);
    const { total, rows } = membersOf<{ total: number; rows: SpendReversalPart['lapses'] }>(
      'outcome',
      outcome,
      ['total', 'rows'],
    );
    rows.forEach(checkRow);
    const parts = JSON.parse(allocations) as Allocation[];
    return { kind, ...given, total, allocations: parts, lapses: rows };
  }
  if (kind !== 'transactionReversal' || payer === null || timestamp === null) return null;
  return {
    kind,
    payer,
    timestamp,
    ...membersOf<Pick<TransactionReversalPart, 'requested' | 'spentPart'>>('input', input, [
      'requested',
      'spentPart',
    ]),
    ...membersOf<Pick<TransactionReversalPart, 'fromLot' | 'debited' | 'lifted' | 'total'>>(
      'outcome',
      outcome,
      ['fromLot', 'debited', 'lifted', 'total'],
    ),
  };
}

function checkRow(row: LapseRow): void {
  if (!Object.hasOwn(rowMembers, row.kind)) {
    throw unknown(`has a row of kind ${JSON.stringify(row.kind)}`);
  }
  checkMembers('a row', row, rowMembers[row.kind]);
}

function membersOf<Members extends object>(
  column: 'input' | 'outcome',
  text: string,
  names: readonly (keyof Members & string)[],
): Members {
  const value = JSON.parse(text) as Members;
  checkMembers(column, value, names);
  return value;
}

function checkMembers(where: string, value: object, names: readonly string[]): void {
  for (const name of Object.keys(value)) {
    if (!names.includes(name)) throw unknown(`has ${JSON.stringify(name)} in ${where}`);
  }
  const missing = names.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) broken(`${where} of an entry lacks ${JSON.stringify(missing)}`);
}

function unknown(what: string): UnknownEntry {
  return new UnknownEntry('store', what);
}
