import { GraphQLError } from 'graphql';
import { truncated } from '../../graphql/truncated';

/**
 * Truncates every value and name in the message of an error of graphql-js: they are what the client
 * sent, which can be as large as the body. The text around a value, such as its path, is kept.
 */
export function shortMessage(message: string, error: unknown): string {
  const reason = error instanceof GraphQLError ? error.originalError?.message : undefined;
  if (reason === undefined || !message.endsWith(`; ${reason}`)) return shortPart(message);
  return `${shortPart(message.slice(0, -reason.length - 2))}; ${shortPart(reason)}`;
}

/** The text before and after a value in the messages of graphql-js. */
const frames: readonly (readonly [before: RegExp, after: RegExp])[] = [
  [/^Variable "\$\w{1,100}" got invalid value /, /(?: at "[^"]*")?$/],
  [/^Expected value of type "[^"]*", found /, /\.$/],
  [/^Argument "\w{1,100}" has invalid value /, /\.$/],
  [/^(?:Enum "\w+"|\w+) cannot represent (?:a )?(?:non[\w -]+ )?value: /, /$/],
  [/^Field "/, /" is not defined by type "\w+"\.$/],
  [/^Syntax Error: (?:Unexpected|Expected .{1,60}, found) \w+ "/, /"\.$/],
];

/** Length of the end of a message that is searched for the text after a value. */
const afterLengthMax = 300;

function shortPart(message: string): string {
  for (const [before, after] of frames) {
    const head = before.exec(message)?.[0];
    if (head === undefined) continue;
    const rest = message.slice(head.length);
    const tail = after.exec(rest.slice(-afterLengthMax))?.[0];
    if (tail === undefined) continue;
    return `${head}${truncated(rest.slice(0, rest.length - tail.length))}${tail}`;
  }
  return shortWhole(shortNames(message));
}

/** Characters that are kept at both ends of a message that is too long for other reasons. */
const messageEndLength = 500;

function shortWhole(message: string): string {
  const cut = message.length - 2 * messageEndLength;
  if (cut <= 0) return message;
  const [start, end] = [message.slice(0, messageEndLength), message.slice(-messageEndLength)];
  return `${start.toWellFormed()}… (${cut} characters cut) …${end.toWellFormed()}`;
}

/** Names that are truncated in one message; {@link shortWhole} handles the rest. */
const namesMax = 20;

/** Uses no regular expression, which would overflow the stack on some millions of characters. */
function shortNames(message: string): string {
  let short = '';
  let from = 0;
  for (let name = 0; name < namesMax; name += 1) {
    const open = message.indexOf('"', from) + 1;
    const close = message.indexOf('"', open);
    if (open === 0 || close === -1) break;
    short += `${message.slice(from, open)}${truncated(message.slice(open, close))}"`;
    from = close + 1;
  }
  return short + message.slice(from);
}
