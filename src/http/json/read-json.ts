import { isObject } from '../../is-object';
import { countValues } from './count-values';
import { parseExact } from './parse-exact';

/** A text that cannot be read: `malformed` is not JSON, `large` holds too many values. */
export class JsonProblem extends Error {
  override readonly name = 'JsonProblem';

  constructor(
    readonly kind: 'malformed' | 'large',
    message: string,
  ) {
    super(message);
  }
}

/**
 * Reads JSON that holds the variables of an operation. Numbers in the variables keep the client's
 * exact digits ({@link readNumber}); everything else is as JSON.parse reads it.
 * @param path of the variables: names of members, from the root.
 * @param valuesMax limit of the values in the variables, and of those outside of them.
 * @throws {@link JsonProblem}, before parsing if there are too many values.
 */
export function readJson(text: string, path: readonly string[], valuesMax: number): unknown {
  // Each value has a character at least, and most requests are small.
  if (text.length <= valuesMax && !mayHoldLongNumber.test(text)) return parse(text);
  const { inside, beside, hasLongNumber } = countValues(text, path, valuesMax);
  if (inside > valuesMax) throw tooMany('The variables hold', valuesMax);
  if (beside > valuesMax) throw tooMany('The request without its variables holds', valuesMax);
  const content = parse(text);
  if (!hasLongNumber) return content;
  return withMember(content, parseExact(text), path);
}

/**
 * Matches every JSON text that holds a number which is not read as JSON.parse reads it, and a few
 * others, such as texts with such a number in a string. A number follows a name, a bracket, a comma
 * or nothing.
 */
const mayHoldLongNumber = /(?:"\s*:|[[,]|^)\s*-?\d(?:\d*[.eE]|\d{14})/;

function tooMany(holder: string, valuesMax: number): JsonProblem {
  const most = valuesMax.toLocaleString('en');
  return new JsonProblem('large', `${holder} more than ${most} values. Send less at once.`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new JsonProblem('malformed', 'The text is not valid JSON.');
  }
}

/** Returns `content` with the object at the path replaced by that of `exact`. */
function withMember(content: unknown, exact: unknown, path: readonly string[]): unknown {
  if (!isObject(content) || !isObject(exact)) return content;
  const [name, ...rest] = path;
  if (name === undefined) return exact;
  if (isObject(content[name])) content[name] = withMember(content[name], exact[name], rest);
  return content;
}
