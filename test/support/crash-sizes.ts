/**
 * Returns a suite's size by `CRASH_ROUNDS`: the first without it, the second for fewer than 100
 * rounds, as in `.ci/run`, and the third for 100 and more.
 */
export function byCrashRounds<Size>(short: Size, middle: Size, full: Size): Size {
  const { CRASH_ROUNDS } = process.env;
  if (CRASH_ROUNDS === undefined) return short;
  return Number(CRASH_ROUNDS) < 100 ? middle : full;
}
