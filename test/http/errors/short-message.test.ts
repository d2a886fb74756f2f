import { type LedgerServer, startLedger } from '../../support/ledger-server';
import { addOne, balances, page, postTo, readResult, row, twice } from '../plain-requests';

let server: LedgerServer;
beforeAll(async () => {
  server = await startLedger();
});
afterAll(() => server.stop());

const post = (query: string, variables?: string, accept?: string, more?: string) =>
  postTo(server.endpoint, query, variables, accept, more);

describe('a message repeats 100 characters of a value, and keeps the text around it', () => {
  const long = 'x'.repeat(5_000);
  const cut = /^[^x]*x{90,100}… \(\d+ characters cut\)[^x]*$/;

  test.each([
    [
      'a wrong value',
      addOne,
      `{"input":${row('"a"', `"${long}"`)}}`,
      / at "input\.points"; Points/,
    ],
    ['an unknown field', addOne, `{"input":{"${long}":1}}`, /; Field "x+… .*" is not defined by/],
    [
      'a value of another kind',
      page,
      `{"first":"${long}"}`,
      /\(4902 characters cut\); Int cannot represent/,
    ],
    ['a list as id', balances, `{"id":["${long}"]}`, /; ID cannot represent value: \[/],
  ])('%s in variables', async (_what, query, variables, around) => {
    const { status, messages } = await twice(() => post(query, variables));
    expect([status, messages[0]]).toEqual([400, expect.stringMatching(around)]);
    for (const part of messages.flatMap((message) => message.split('; '))) {
      if (part.includes('xxx')) expect(part.replace(/^.*?xx/s, 'xx')).toMatch(cut);
    }
    for (const message of messages) expect(message.length).toBeLessThan(600);
  });

  test.each([
    ['a literal of another kind', `{ accounts(first: "${long}") { nodes { id } } }`],
    [
      'a literal that is no points',
      `{ previewSpend(input: { points: 1e${'9'.repeat(5_000)} }) { __typename } }`,
    ],
    ['a literal that is no object', `{ previewSpend(input: "${long}") { __typename } }`],
    ['a field', `{ ${long} }`],
    ['a field of an input', `{ previewSpend(input: { points: 1, ${long}: 1 }) { __typename } }`],
    ['an argument', `{ accounts(${long}: 1) { __typename } }`],
    ['a directive', `{ accounts @${long} { __typename } }`],
    ['a fragment', `{ ...${long} }`],
    ['a type', `{ ... on ${long} { __typename } }`],
    ['a variable', `query ($a: ${long}) { accounts(first: $a) { __typename } }`],
    ['a name where another token must be', `{ accounts ( } ${long}`],
    ['a text where another token must be', `{ "${long}" }`],
  ])('%s in a document', async (_what, query) => {
    const { status, messages } = await twice(() => post(query));
    expect(status).toBe(400);
    for (const message of messages) {
      expect(message.length).toBeLessThan(500);
      expect(message).not.toMatch(/x{101}|9{101}/);
    }
  });

  test('the name of an operation, and a path', async () => {
    const body = JSON.stringify({ query: '{ __typename }', operationName: long });
    const headers = { 'content-type': 'application/json' };
    const unknown = await readResult(
      await fetch(server.endpoint, { method: 'POST', headers, body }),
    );
    expect(unknown.messages[0]).toMatch(
      /^Unknown operation named "x{100}… \(4900 characters cut\)"/,
    );
    const missing = await readResult(await fetch(`${server.endpoint}/${long}`));
    expect(missing.messages[0]).toMatch(
      /^There is no GET \/graphql\/x{91}… \(\d+ characters cut\)\./,
    );
  });
});
