import { countValues } from './count-values';
import { parseExact } from './parse-exact';

/** What is wrong with a text: `malformed` where it is no JSON, `large` where it holds too much. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault';

  constructor(
    readonly kind: 'malformed' | 'large',
    message: string,
  ) {
    super(message);
  }
}

/**
 * Reads JSON that carries the variables of an operation. Numbers in them are as the client wrote
 * them ({@link readNumber}); everything else is as JSON.parse reads it. Throws {@link JsonFault}
 * before it parses what holds more than so many values, in the variables or beside them.
 * @param path where the variables are: names of members, beginning at the root.
 */
export function readJson(text: string, path: readonly string[], valuesMax: number): unknown {
  const { inside, beside, hasLongNumber } = countValues(text, path, valuesMax);
  if (inside > valuesMax) throw tooMany('The variables hold', valuesMax);
  if (beside > valuesMax) throw tooMany('The request holds, beside its variables,', valuesMax);
  const content = parse(text);
  if (!hasLongNumber) return content;
  return withMember(content, parseExact(text), path);
}

function tooMany(holder: string, valuesMax: number): JsonFault {
  const most = valuesMax.toLocaleString('en');
  return new JsonFault('large', `${holder} more than ${most} values. Send less at once.`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new JsonFault('malformed', 'It is no valid JSON.');
  }
}

/** The object at the path is taken from `exact`, everything around it from `content`. */
function withMember(content: unknown, exact: unknown, path: readonly string[]): unknown {
  if (!isObject(content) || !isObject(exact)) return content;
  const [name, ...rest] = path;
  if (name === undefined) return exact;
  if (isObject(content[name])) content[name] = withMember(content[name], exact[name], rest);
  return content;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
