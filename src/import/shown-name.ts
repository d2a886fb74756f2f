const shownLengthMax = 100;

/** A name that a file has, in quotes, for a message; it may be as long as a record. */
export function shownName(name: string): string {
  if (name.length <= shownLengthMax) return JSON.stringify(name);
  return `${JSON.stringify(name.slice(0, shownLengthMax).toWellFormed())}…`;
}
