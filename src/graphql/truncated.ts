import { shownName } from '../ledger/shown-name';

/** Shortens a value from a client for a message: it may be as long as the body. */
export function truncated(text: string): string {
  const shown = shownName(text);
  if (shown === text) return text;
  const cut = text.length - shown.length + '…'.length;
  return `${shown} (${cut} characters cut)`;
}
