import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One case: `expected[i]` answers `operations[i]`, and `codes[i]` names a refusal where the case
 * knows it.
 */
export interface ConformanceCase {
  readonly name: string;
  readonly why: string;
  readonly operations: readonly Operation[];
  readonly expected: readonly Expected[];
  readonly codes?: readonly (string | null)[];
}

export type Operation = AddOperation | SpendOperation | { readonly op: 'balances' };

export interface AddOperation {
  readonly op: 'add';
  readonly payer: string;
  /** As JSON reads it: may be more than a safe integer holds. */
  readonly points: number;
  /** As it was written: may be no timestamp at all. */
  readonly timestamp: string;
}

export interface SpendOperation {
  readonly op: 'spend';
  readonly points: number;
}

export interface PayerPoints {
  readonly payer: string;
  readonly points: number;
}

/**
 * A map from payer to points is a reading of the balances, in any order; a list is what a spend
 * took.
 */
type Expected = 'ok' | 'refused' | readonly PayerPoints[] | { readonly [payer: string]: number };

/** What a driver answers to an add or a spend. */
export type Answer =
  | { readonly kind: 'accepted'; readonly deductions: readonly PayerPoints[] | null }
  /** The code is null where what refused has none, as a scalar that cannot read its value. */
  | { readonly kind: 'refused'; readonly code: string | null };

/** Plays operations on an account of its own, new for every case. */
export interface Driver {
  add(operation: AddOperation): Answer | Promise<Answer>;
  spend(operation: SpendOperation): Answer | Promise<Answer>;
  balances(): readonly PayerPoints[] | Promise<readonly PayerPoints[]>;
}

/**
 * All cases. A payer named `__proto__` is a key of its own in the expected maps, as JSON has it.
 */
export const cases: readonly ConformanceCase[] = JSON.parse(
  readFileSync(join(__dirname, 'cases.json'), 'utf8'),
).cases;

/** Plays a case and expects every answer that it names. */
export async function playCase(played: ConformanceCase, driver: Driver): Promise<void> {
  for (const [index, operation] of played.operations.entries()) {
    const answer = await answerOf(driver, operation);
    const expected = expectedOf(played, index, answer);
    expect({ index, operation, answer }).toEqual({ index, operation, answer: expected });
  }
}

type Comparable = Answer | { readonly kind: 'balances'; readonly points: readonly string[] };

async function answerOf(driver: Driver, operation: Operation): Promise<Comparable> {
  switch (operation.op) {
    case 'add':
      return driver.add(operation);
    case 'spend':
      return driver.spend(operation);
    case 'balances':
      return balancesOf((await driver.balances()).map(({ payer, points }) => [payer, points]));
  }
}

/** The answer that the case expects; what it leaves open is taken from the answer itself. */
function expectedOf(played: ConformanceCase, index: number, answer: Comparable): Comparable {
  const expected = played.expected[index]!;
  if (expected === 'ok') {
    const deductions = answer.kind === 'accepted' ? answer.deductions : null;
    return { kind: 'accepted', deductions };
  }
  if (expected === 'refused') {
    const open = answer.kind === 'refused' ? answer.code : null;
    return { kind: 'refused', code: played.codes?.[index] ?? open };
  }
  if (isList(expected)) return { kind: 'accepted', deductions: expected };
  return balancesOf(Object.entries(expected));
}

function isList(expected: Expected): expected is readonly PayerPoints[] {
  return Array.isArray(expected);
}

function balancesOf(balances: readonly (readonly [string, number])[]): Comparable {
  return { kind: 'balances', points: balances.map((balance) => JSON.stringify(balance)).sort() };
}
