/** Characters of a value that a message repeats. */
export const shownLengthMax = 100;

/** What a message repeats of a value that a client sent. The rest may be as long as the body. */
export function truncated(text: string): string {
  const cut = text.length - shownLengthMax;
  if (cut <= 0) return text;
  return `${text.slice(0, shownLengthMax).toWellFormed()}… (${cut} characters cut)`;
}
