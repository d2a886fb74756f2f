/** Character codes that tell the tokens of JSON apart. */
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
 * Right behind the token that begins here: a string with its quotes, a bracket, or a run of other
 * characters, as numbers and words are. Never fails: what is no JSON has tokens too.
 */
export function tokenEnd(text: string, start: number): number {
  const code = text.charCodeAt(start);
  if (code === codes.quote) return stringEnd(text, start);
  if (isBracket(code)) return start + 1;
  let at = start + 1;
  while (at < text.length && !endsToken(text.charCodeAt(at))) at += 1;
  return at;
}

/** White space, commas and colons: they are no token and end the one before them. */
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
  // In both pairs the closing bracket comes two behind the opening one.
  return (code & ~32) === codes.openList || (code & ~32) === codes.closeList;
}
