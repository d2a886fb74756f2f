/** Characters of a value that a message quotes. */
export const shownLengthMax = 100;

/** Shortens a value from a client for a message: it may be as long as the body. */
export function truncated(text: string): string {
  const cut = text.length - shownLengthMax;
  if (cut <= 0) return text;
  return `${text.slice(0, shownLengthMax).toWellFormed()}… (${cut} characters cut)`;
}
