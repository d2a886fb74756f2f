/**
 * Encodes an id or a cursor, which clients pass back as they got it: the parts joined by line
 * breaks, in base64url. No part contains a line break: the ledger refuses control characters.
 */
export function encodeOpaque(...parts: readonly (string | number)[]): string {
  return Buffer.from(parts.join('\n')).toString('base64url');
}

/**
 * Returns the parts, or null if {@link encodeOpaque} does not produce this text: other spellings of
 * the same bytes are refused, so that each entry has one id.
 */
export function decodeOpaque(text: string): string[] | null {
  const parts = Buffer.from(text, 'base64url').toString().split('\n');
  return encodeOpaque(...parts) === text ? parts : null;
}

/** Reads a whole number; returns null if it is not written as JavaScript prints it. */
export function wholeNumber(part: string | undefined): number | null {
  const value = Number(part);
  return Number.isSafeInteger(value) && String(value) === part ? value : null;
}
