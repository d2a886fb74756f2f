const shownLengthMax = 100;

/** Returns what a message repeats of a name, which may be as long as a client likes. */
export function shownName(name: string): string {
  if (name.length <= shownLengthMax) return name;
  return `${name.slice(0, shownLengthMax).toWellFormed()}…`;
}
