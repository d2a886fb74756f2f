/**
 * Ids and cursors are texts that clients hand back unread: parts joined by line breaks, in
 * base64url. No part holds a line break, because the text rules of the ledger refuse control
 * characters.
 */
export function encodeOpaque(...parts: readonly (string | number)[]): string {
  return Buffer.from(parts.join('\n')).toString('base64url');
}

/**
 * The parts, or null where the text is not what {@link encodeOpaque} makes: other spellings of the
 * same bytes are refused, so that a thing has one id.
 */
export function decodeOpaque(text: string): string[] | null {
  const parts = Buffer.from(text, 'base64url').toString().split('\n');
  return encodeOpaque(...parts) === text ? parts : null;
}

/**
 * Reads a part that stands for a number; null where it is spelt otherwise than JavaScript prints
 * it.
 */
export function wholeNumber(part: string | undefined): number | null {
  const value = Number(part);
  return Number.isSafeInteger(value) && String(value) === part ? value : null;
}
