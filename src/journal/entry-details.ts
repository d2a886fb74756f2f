import { type Allocation, type Entry, isCapture, type SpendEntry } from '../ledger/entry';
import { namesOf, type PayerChoice } from '../ledger/payer-choice';
import { storedRows } from './stored-rows';
import { unknownPartOf } from './unknown-part';

/*
 * The columns `input` and `outcome` of an entry, as JSON. `input` is what was requested and is in
 * no other column, `outcome` what an entry did besides its points and allocations:
 *
 *     spend                {"requested":90,"payers":{"only":["A"]},"upTo":true}, or null
 *     spend of a hold      {"requested":null,"keepRest":false}   {"total":30,"rows":[…]}
 *     hold                 {"requested":90,"payers":…,"upTo":true}
 *     release                                                    {"rows":[…]}
 *     spendReversal        {"requested":10}                      {"total":30,"rows":[…]}
 *     transactionReversal  {"requested":null,"spentPart":"DEBIT"}
 *                                        {"fromLot":5,"debited":2,"lifted":0,"total":7}
 *     lapse                                                      {"rows":[…]}
 *
 * `payers` and `upTo` are missing if nothing was chosen. Rows: see `stored-rows.ts`. A member that
 * is not listed here was written by a newer version.
 */

/** Returns the column `input` of an entry. */
export function inputText(entry: Entry): string | null {
  switch (entry.kind) {
    case 'spend':
      return spendInput(entry);
    case 'hold': {
      const { requested, payers, upTo } = entry;
      return JSON.stringify({ requested, payers, upTo });
    }
    case 'spendReversal':
      return JSON.stringify({ requested: entry.requested });
    case 'transactionReversal': {
      const { requested, spentPart } = entry;
      return JSON.stringify({ requested, spentPart });
    }
    default:
      return null;
  }
}

function spendInput(entry: SpendEntry): string | null {
  if (isCapture(entry)) {
    const { requested, keepRest } = entry;
    return JSON.stringify({ requested, keepRest });
  }
  const { requested, payers, upTo } = entry;
  return hasChoices(entry) ? JSON.stringify({ requested, payers, upTo }) : null;
}

/** True for a spend that is more than its points and allocations. */
export function hasChoices(entry: SpendEntry): boolean {
  if (isCapture(entry)) return true;
  const { requested, payers, upTo } = entry;
  return requested !== undefined || payers !== undefined || upTo !== undefined;
}

/** Returns the column `outcome` of an entry. O(rows). */
export function outcomeText(entry: Entry): string | null {
  switch (entry.kind) {
    case 'spend': {
      if (!isCapture(entry)) return null;
      const { total, released, lapses } = entry;
      return JSON.stringify({ total, rows: storedRows(lapses, released) });
    }
    case 'release':
      return JSON.stringify({ rows: storedRows(entry.lapses) });
    case 'lapse':
      return JSON.stringify({ rows: storedRows(entry.rows) });
    case 'spendReversal':
      return JSON.stringify({ total: entry.total, rows: storedRows(entry.lapses) });
    case 'transactionReversal': {
      const { fromLot, debited, lifted, total } = entry;
      return JSON.stringify({ fromLot, debited, lifted, total });
    }
    default:
      return null;
  }
}

/**
 * Returns allocations with their members in one order:
 * `[{"sequence":1,"timestamp":1604314800000,"payer":"DANNON","points":100}]`. Objects instead of
 * arrays, so that SQL reads `value ->> 'payer'` on every database. A lot with an end has
 * `expiresAt` too.
 */
export function storedAllocations(allocations: readonly Allocation[]): Allocation[] {
  return allocations.map(({ sequence, timestamp, payer, points, expiresAt }) => ({
    sequence,
    timestamp,
    payer,
    points,
    // JSON leaves it out if it is undefined.
    expiresAt: expiresAt!,
  }));
}

/**
 * Checks a choice that was read.
 * @throws UnknownEntry if it is of another form.
 */
export function checkChoice(choice: PayerChoice | undefined): void {
  if (choice === undefined) return;
  const names = Object.keys(choice);
  const [name] = names.filter((each) => each !== 'only' && each !== 'except');
  if (name !== undefined) throw unknownPartOf(`has ${JSON.stringify(name)} in payers`);
  if (names.length !== 1 || !Array.isArray(namesOf(choice))) {
    throw unknownPartOf('has payers of another form');
  }
}
