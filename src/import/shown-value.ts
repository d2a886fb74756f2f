const shownLengthMax = 60;

/** A value as JSON, truncated: for messages. */
export function shownValue(value: unknown): string {
  return truncated(JSON.stringify(value));
}

/** A text as it is in the file, truncated: for messages. */
export function truncated(text: string): string {
  if (text.length <= shownLengthMax) return text;
  return `${text.slice(0, shownLengthMax).toWellFormed()}…`;
}
