/** Throws if the program itself is wrong. Never used for input that a caller may get wrong. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) broken(message);
}

/** Throws; for messages with figures, which cost something to format. */
export function broken(message: string): never {
  throw new Error(`Broken invariant: ${message}`);
}

/**
 * Marks a branch that no value reaches; the compiler reports an error when a union grows past it.
 *
 * @throws the error of a bug.
 */
export function unreachable(value: never): never {
  throw new Error(`Broken invariant: no case for ${JSON.stringify(value)}`);
}
