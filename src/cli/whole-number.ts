import { InvalidArgumentError } from 'commander';

/**
 * Reads an option that is a whole number within bounds, both inclusive.
 *
 * @throws InvalidArgumentError for any other text.
 */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d{1,9}$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}
