import { readNumber } from '../../graphql/scalars/number-text';
import { beginsNumber, codes, isBetweenTokens, tokenEnd } from './tokens';

type Container = unknown[] | Record<string, unknown>;

/**
 * Parses a text that JSON.parse accepts. The result is the same except for numbers, which {@link
 * readNumber} reads. Not recursive, because the depth of a text is limited only by its length.
 */
export function parseExact(text: string): unknown {
  const root: unknown[] = [];
  const open: Container[] = [root];
  let name: string | null = null;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (isBetweenTokens(code)) {
      at += 1;
      continue;
    }
    const end = tokenEnd(text, at);
    const container = open[open.length - 1];
    if (code === codes.closeObject || code === codes.closeList) {
      open.pop();
    } else if (code === codes.quote && name === null && !Array.isArray(container)) {
      name = JSON.parse(text.slice(at, end)) as string;
    } else {
      const value = readToken(text.slice(at, end), code);
      put(container, name, value);
      name = null;
      if (code === codes.openObject || code === codes.openList) open.push(value as Container);
    }
    at = end;
  }
  return root[0];
}

function readToken(token: string, code: number): unknown {
  if (code === codes.openObject) return {};
  if (code === codes.openList) return [];
  return beginsNumber(code) ? readNumber(token) : JSON.parse(token);
}

/**
 * Sets a member. A duplicate name gets the last value, at the first position, as with JSON.parse.
 */
function put(container: Container, name: string | null, value: unknown): void {
  if (Array.isArray(container)) {
    container.push(value);
  } else if (name === '__proto__') {
    Object.defineProperty(container, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  } else {
    container[name as string] = value;
  }
}
