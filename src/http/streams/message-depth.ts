/**
 * True if arrays and objects of a JSON text are nested deeper than `depthMax`. Values with some
 * thousand levels can be parsed, but overflow the stack of recursive functions. O(length); `text`
 * need not be valid JSON.
 */
export function isNestedDeeper(text: string, depthMax: number): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    switch (text.charCodeAt(index)) {
      case quote:
        index = endOfString(text, index);
        break;
      case openingBrace:
      case openingBracket:
        depth += 1;
        if (depth > depthMax) return true;
        break;
      case closingBrace:
      case closingBracket:
        depth -= 1;
        break;
    }
  }
  return false;
}

const quote = 0x22;
const backslash = 0x5c;
const openingBracket = 0x5b;
const closingBracket = 0x5d;
const openingBrace = 0x7b;
const closingBrace = 0x7d;

/** Returns the index of the quote that ends the string at `start`, or the text's length. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text.charCodeAt(index) !== quote) {
    index += text.charCodeAt(index) === backslash ? 2 : 1;
  }
  return index;
}
