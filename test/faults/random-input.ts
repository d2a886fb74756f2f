import type { AddTransaction, HoldPoints, SpendPoints } from '../../src/ledger/command';

export const payers = ['DANNON', 'UNILEVER', 'MILLER COORS', '__proto__'];

/** Dates are within so many milliseconds: what is granted or held lives as long as the run. */
const soonMs = 4_000;
const farMs = 24 * 60 * 60 * 1_000;
const spendMax = 4_000;

/** Returns how many points a spend requests. */
export function spendOf(random: () => number): number {
  return 1 + Math.floor(random() * spendMax);
}

/** Returns an instant that comes soon; it may have passed when the command is decided. */
export function soon(random: () => number): number {
  return Date.now() + Math.floor(random() * soonMs);
}

/** Returns dates of a grant. */
export function datesOf(random: () => number): Pick<AddTransaction, 'availableFrom' | 'expiresAt'> {
  const choice = random();
  if (choice < 0.6) return { expiresAt: soon(random) };
  if (choice < 0.8) return { availableFrom: soon(random) };
  return { availableFrom: soon(random), expiresAt: soon(random) };
}

/** Returns the end of a hold: mostly soon, sometimes after the run, sometimes in the past. */
export function endOf(random: () => number): HoldPoints['expiresAt'] {
  const choice = random();
  if (choice < 0.05) return Date.now() - 1_000;
  return choice < 0.5 ? soon(random) : Date.now() + farMs;
}

/** Returns which payers pay, and whether fewer points would do; mostly no choice. */
export function choicesOf(random: () => number): Pick<SpendPoints, 'payers' | 'upTo'> {
  const upTo = random() < 0.2 ? { upTo: true } : {};
  const choice = random();
  if (choice < 0.7) return upTo;
  // Now and then none, which is refused, or one twice, or one that the account does not know.
  const count = Math.floor(random() * 4);
  const names = Array.from({ length: count }, () => oneOf([...payers, 'nobody'], random));
  return { payers: choice < 0.85 ? { only: names } : { except: names }, ...upTo };
}

export function oneOf<Value>(values: readonly Value[], random: () => number): Value {
  return values[Math.floor(random() * values.length)];
}
