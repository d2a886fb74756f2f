/** Declares a test: the part of jest's `test` that works for skipped tests too. */
interface Declare {
  (name: string, test: jest.ProvidesCallback, timeoutMs?: number): void;
  readonly each: jest.Each;
}

/**
 * Returns `test` if the machine has what the tests need, else a `test` that skips. The reporter
 * prints one line for each reason, with the number of tests that it skipped.
 *
 * @param reason `<kind> tests: <what is missing>; <how to get it>`
 */
export function testIf(isMet: boolean, reason: string): Declare {
  if (isMet) return test;
  return Object.assign(
    (name: string, body: jest.ProvidesCallback, timeoutMs?: number) =>
      test.skip(withReason(name, reason), body, timeoutMs),
    { each: eachWithReason(test.skip.each, reason) },
  );
}

/** Returns the same as {@link testIf} for a block of tests. */
export function describeIf(
  isMet: boolean,
  reason: string,
): (name: string, body: () => void) => void {
  if (isMet) return describe;
  return (name, body) => describe.skip(withReason(name, reason), body);
}

/** Appends the reason to the name, the only thing that the reporter receives of a skipped test. */
function withReason(name: string, reason: string): string {
  return `${name} [skipped: ${reason}]`;
}

function eachWithReason(each: jest.Each, reason: string): jest.Each {
  const declareEach = (...table: Parameters<jest.Each>) => {
    const declare = each(...table) as (name: string, ...others: unknown[]) => void;
    return (name: string, ...others: unknown[]) => declare(withReason(name, reason), ...others);
  };
  return declareEach as jest.Each;
}
