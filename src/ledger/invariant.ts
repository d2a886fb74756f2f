/**
 * Ends what is going on when the program itself is wrong. Never used for what a caller may get
 * wrong.
 */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) broken(message);
}

/** The same, for messages with figures, which cost something to write. */
export function broken(message: string): never {
  throw new Error(`Broken invariant: ${message}`);
}

/** Marks a place that no value reaches; the compiler complains when a union grows past it. */
export function unreachable(value: never): never {
  throw new Error(`Broken invariant: no case for ${JSON.stringify(value)}`);
}
