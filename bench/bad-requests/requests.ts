import { postRequest } from '../support/post-request';

/** A large invalid request: other clients have to wait while it is refused. */
export interface BadRequest {
  readonly name: string;
  /** Returns the bytes to send. */
  readonly toWire: (port: number) => Buffer;
}

const bodyLengthMax = 4 * 1024 * 1024 - 1_000;

const addOne = `mutation AddOne($input: AddTransactionInput!) {
  addTransaction(input: $input) { replayed }
}`;

const addMany = `mutation AddMany($input: AddTransactionsInput!) {
  addTransactions(input: $input) { results { replayed } }
}`;

/** Each is near one of the limits of `src/config.ts`, or beyond it. */
export const badRequests: readonly BadRequest[] = [
  post('300,000 unknown fields of an input', () => body(addOne, `{"input":{${members(300_000)}}}`)),
  post('19,900 unknown fields of an input', () => body(addOne, `{"input":{${members(19_900)}}}`)),
  post('19,900 unknown fields with long values', () =>
    body(addOne, `{"input":{${members(19_900, text(180))}}}`),
  ),
  post('19,900 rows that are no objects', () =>
    body(addMany, `{"input":{"transactions":[${list(19_900, '1')}]}}`),
  ),
  post('300,000 members of extensions', () =>
    body(addOne, '{}', `,"extensions":{${members(300_000)}}`),
  ),
  post('300,000 unknown members of the body', () => body(addOne, '{}', `,${members(300_000)}`)),
  post('4 MiB of a name of a field', () =>
    body(addOne, `{"input":{${text(bodyLengthMax / 2)}:1,${text(bodyLengthMax / 2 - 9)}:1}}`),
  ),
  post('4 MiB of a payer', () => body(addOne, `{"input":{"payer":${text(bodyLengthMax)}}}`)),
  post('4 MiB of digits as points', () =>
    body(addOne, `{"input":{"points":${'9'.repeat(bodyLengthMax)}}}`),
  ),
  post('4 MiB of quotes as points', () =>
    body(addOne, `{"input":{"points":"${'\\"'.repeat(bodyLengthMax / 2)}"}}`),
  ),
  post('2 million levels of lists', () =>
    body(addOne, `{"input":${'['.repeat(2e6)}${']'.repeat(2e6)}}`),
  ),
  post('19,000 levels of objects', () =>
    body(addOne, `{"input":${'{"a":'.repeat(19_000)}1.5${'}'.repeat(19_000)}}`),
  ),
  post('4 MiB of brackets, not closed', () => '['.repeat(bodyLengthMax)),
  post('4 MiB of a literal in a document', () =>
    body(`{ account(id: ${text(bodyLengthMax - 100).replaceAll('"', '\\"')}, x: 1) { id } }`),
  ),
  post('4 MiB of the name of a field in a document', () =>
    body(`{ ${'a'.repeat(bodyLengthMax - 100)} }`),
  ),
  post('4 MiB of the name of an operation, 20 unknown variables', () =>
    body(
      `query ${'a'.repeat(4e6)} { ${repeat(20, (at) => `a${at}: account(id: $v${at}) { id }`)} }`,
    ),
  ),
  post('20 unknown fields behind 4 MiB of line breaks', () =>
    body(`${'\\n'.repeat(2e6)} { ${repeat(20, (at) => `field${at}`)} }`),
  ),
  post('4 MiB of a comment in a document', () => body(`#${'a'.repeat(4e6)}\\n{ nothing }`)),
  post('1,990 times the same field', () => body(`{ ${'balances{payer} '.repeat(495)}}`)),
  post('1,990 leaves with one name', () => body(`{ account { ${'id '.repeat(1_990)}} }`)),
  post('fields with one name, nested twofold', () => body(`{ ${nested(9, 300)} }`)),
  post('1,990 spreads of one fragment', () =>
    body(`{ ${'...F '.repeat(980)}} fragment F on Query { account { id } }`),
  ),
  post('330 fragments with the same fields', () =>
    body(
      `{ ${repeat(200, (at) => `...F${at}`)} } ` +
        repeat(200, (at) => `fragment F${at} on Query{a:__typename}`),
    ),
  ),
  post('fragments that spread each other', () =>
    body(
      `{ ...F0 } ${repeat(180, (at) => `fragment F${at} on Query{...F${at + 1} ...F${at + 2}}`)}`,
    ),
  ),
  post('an input literal with 900 unknown fields', () =>
    body(
      `mutation { addTransaction(input: { ${repeat(650, (at) => `f${at}: 1`)} }) { replayed } }`,
    ),
  ),
  get('a query string of 16 KB of unknown fields', () => [
    addOne.replace('mutation', 'query'),
    `{"input":{${members(800)}}}`,
  ]),
];

function post(name: string, write: () => string): BadRequest {
  return { name, toWire: (port) => postRequest(port, write()) };
}

function get(name: string, write: () => readonly [query: string, variables: string]): BadRequest {
  return {
    name,
    toWire(port) {
      const [query, variables] = write();
      const search = new URLSearchParams({ query, variables });
      const head = [
        `GET /graphql?${search} HTTP/1.1`,
        `host: 127.0.0.1:${port}`,
        'apollo-require-preflight: 1',
      ];
      return Buffer.from(`${head.join('\r\n')}\r\n\r\n`);
    },
  };
}

/** @param query must need no escapes in JSON but those of line breaks. */
function body(query: string, variables = '{}', more = ''): string {
  return `{"query":"${query.replaceAll('\n', ' ')}","variables":${variables}${more}}`;
}

function members(count: number, value = '1'): string {
  return Array.from({ length: count }, (_unused, at) => `"k${at}":${value}`).join(',');
}

function list(count: number, value: string): string {
  return Array.from({ length: count }, () => value).join(',');
}

function text(length: number): string {
  return `"${'x'.repeat(length)}"`;
}

function repeat(count: number, write: (at: number) => string): string {
  return Array.from({ length: count }, (_unused, at) => write(at)).join(' ');
}

function nested(levels: number, tokens: number): string {
  let inside = 'id '.repeat(tokens);
  for (let level = 0; level < levels; level += 1) inside = `account{${inside}} account{id}`;
  return inside;
}
