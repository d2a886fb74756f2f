import { shownName } from '../ledger/shown-name';

/** What a message repeats of a value that a client sent. The rest may be as long as the body. */
export function truncated(text: string): string {
  const shown = shownName(text);
  if (shown === text) return text;
  const cut = text.length - shown.length + '…'.length;
  return `${shown} (${cut} characters cut)`;
}
