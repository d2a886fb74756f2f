/** Character codes that distinguish the tokens of JSON. */
export const codes = {
  quote: 34,
  comma: 44,
  minus: 45,
  zero: 48,
  nine: 57,
  colon: 58,
  openList: 91,
  backslash: 92,
  closeList: 93,
  openObject: 123,
  closeObject: 125,
  space: 32,
} as const;

/**
 * Returns the index after the token that begins at `start`: a string with its quotes, a bracket, or
 * a run of other characters such as a number. Never fails: invalid JSON has tokens too.
 */
export function tokenEnd(text: string, start: number): number {
  const code = text.charCodeAt(start);
  if (code === codes.quote) return stringEnd(text, start);
  if (isBracket(code)) return start + 1;
  let at = start + 1;
  while (at < text.length && !endsToken(text.charCodeAt(at))) at += 1;
  return at;
}

/** True for white space, commas and colons, which separate tokens. */
export function isBetweenTokens(code: number): boolean {
  return code <= codes.space || code === codes.comma || code === codes.colon;
}

export function beginsNumber(code: number): boolean {
  return code === codes.minus || (code >= codes.zero && code <= codes.nine);
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === codes.quote) return at + 1;
    if (code === codes.backslash) at += 1;
  }
  return text.length;
}

function endsToken(code: number): boolean {
  return isBetweenTokens(code) || isBracket(code) || code === codes.quote;
}

function isBracket(code: number): boolean {
  // In both pairs the code of the closing bracket is that of the opening one plus 2.
  return (code & ~32) === codes.openList || (code & ~32) === codes.closeList;
}
