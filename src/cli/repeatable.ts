import { InvalidArgumentError } from 'commander';

/** Collects the values of an option that may be given several times; its default is `[]`. */
export function collected(value: string, earlier: readonly string[]): string[] {
  return [...earlier, value];
}

/**
 * Reads an option of which only one value can hold; by default, the last one would win.
 * @throws InvalidArgumentError if the option was given before.
 */
export function once(value: string, earlier: string | undefined): string {
  if (earlier === undefined) return value;
  throw new InvalidArgumentError(`It was given before, with ${JSON.stringify(earlier)}.`);
}
