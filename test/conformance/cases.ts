import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One case: `expected[i]` is the result of `operations[i]`, and `codes[i]` the code of a refusal if
 * the case defines it.
 */
interface ConformanceCase {
  readonly name: string;
  readonly why: string;
  readonly operations: readonly Operation[];
  readonly expected: readonly Expected[];
  readonly codes?: readonly (string | null)[];
}

type Operation = AddOperation | SpendOperation | { readonly op: 'balances' };

export interface AddOperation {
  readonly op: 'add';
  readonly payer: string;
  /** As JSON parses it: may be beyond the safe integers. */
  readonly points: number;
  /** As it was written: may be an invalid timestamp. */
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
 * A map from payer to points holds balances, in any order; a list holds the deductions of a spend.
 */
type Expected = 'ok' | 'refused' | readonly PayerPoints[] | { readonly [payer: string]: number };

/** What a driver returns for an add or a spend. */
export type Result =
  | { readonly kind: 'accepted'; readonly deductions: readonly PayerPoints[] | null }
  /**
   * The code is null if the refusal has none, such as that of a scalar that cannot parse its value.
   */
  | { readonly kind: 'refused'; readonly code: string | null };

/** Runs operations on a new account for every case. */
export interface Driver {
  add(operation: AddOperation): Result | Promise<Result>;
  spend(operation: SpendOperation): Result | Promise<Result>;
  balances(): readonly PayerPoints[] | Promise<readonly PayerPoints[]>;
}

/** All cases. In the expected maps, a payer named `__proto__` is an own property, as in JSON. */
export const cases: readonly ConformanceCase[] = JSON.parse(
  readFileSync(join(__dirname, 'cases.json'), 'utf8'),
).cases;

/** Runs a case and compares every result that it defines. */
export async function playCase(played: ConformanceCase, driver: Driver): Promise<void> {
  for (const [index, operation] of played.operations.entries()) {
    const result = await resultOf(driver, operation);
    const expected = expectedOf(played, index, result);
    expect({ index, operation, result }).toEqual({ index, operation, result: expected });
  }
}

type Comparable = Result | { readonly kind: 'balances'; readonly points: readonly string[] };

async function resultOf(driver: Driver, operation: Operation): Promise<Comparable> {
  switch (operation.op) {
    case 'add':
      return driver.add(operation);
    case 'spend':
      return driver.spend(operation);
    case 'balances':
      return balancesOf((await driver.balances()).map(({ payer, points }) => [payer, points]));
  }
}

/** Returns the result that the case expects; what the case leaves open is taken from the result. */
function expectedOf(played: ConformanceCase, index: number, result: Comparable): Comparable {
  const expected = played.expected[index]!;
  if (expected === 'ok') {
    const deductions = result.kind === 'accepted' ? result.deductions : null;
    return { kind: 'accepted', deductions };
  }
  if (expected === 'refused') {
    const open = result.kind === 'refused' ? result.code : null;
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
