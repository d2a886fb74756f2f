import { limits } from '../../src/config';
import { type StubServer, startStubServer } from './stub-server';

let server: StubServer;
beforeAll(async () => {
  server = await startStubServer();
});
afterAll(() => server.stop());

const times = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => write(index)).join(' ');
const greetings = (count: number) => times(count, (index) => `g${index}: greeting`);

async function refusal(query: string, variables?: object): Promise<[number, unknown, string]> {
  const { status, body } = await server.ask(query, variables);
  expect(body.data).toBeUndefined();
  const error = body.errors![0];
  return [status, error.extensions.code, error.message];
}

const invalid = 'GRAPHQL_VALIDATION_FAILED';

describe('root fields', () => {
  test('20 in one document work, and 50', async () => {
    for (const count of [20, 50]) {
      const { status, body } = await server.ask(`{ ${greetings(count)} }`);
      expect([status, Object.keys(body.data!).length]).toEqual([200, count]);
    }
  });

  test('60 mutations do not, and nothing of them is done', async () => {
    const sum = 'mutation { increment(input: { by: 0 }) }';
    const before = await server.ask(sum);
    const query = `mutation { ${times(60, (index) => `m${index}: increment(input: { by: 1 })`)} }`;
    const message = 'The operation has 60 root fields; at most 50 are allowed.';
    expect(await refusal(query)).toEqual([400, invalid, message]);
    expect((await server.ask(sum)).body).toEqual(before.body);
  });

  test('those in fragments count, each time they are spread', async () => {
    const query = `{ ...A ...B } fragment A on Query { ${greetings(30)} } fragment B on Query { ...A }`;
    expect(await refusal(query)).toEqual([400, invalid, expect.stringContaining('60 root fields')]);
  });

  test('every operation of a document is bounded', async () => {
    const query = `query Small { greeting } query Large { ${greetings(51)} }`;
    expect(await refusal(query)).toEqual([400, invalid, expect.stringContaining('51 root fields')]);
  });
});

describe('depth', () => {
  const nested = (levels: number): string =>
    levels === 1 ? 'id' : `parent { ${nested(levels - 1)} }`;

  test('10 levels work and 11 do not; fragments are none', async () => {
    const { status } = await server.ask(
      `{ account { ...F } } fragment F on Account { ... on Account { ${nested(9)} } }`,
    );
    expect(status).toBe(200);
    const message = 'The operation has 11 levels of fields; at most 10 are allowed.';
    expect(await refusal(`{ account { ${nested(10)} } }`)).toEqual([400, invalid, message]);
  });
});

test('aliases are bounded, __typename among them', async () => {
  const query = `{ account { ${times(101, (index) => `t${index}: __typename`)} } }`;
  expect(await refusal(query)).toEqual([400, invalid, expect.stringContaining('101 aliases')]);
});

test('directives are bounded, through fragments too', async () => {
  const fields = times(11, (index) => `g${index}: greeting @include(if: true)`);
  const query = `{ ...F ...F } fragment F on Query { ${fields} }`;
  expect(await refusal(query)).toEqual([400, invalid, expect.stringContaining('22 directives')]);
});

test('tokens are bounded', async () => {
  const query = `{ ${'greeting '.repeat(limits.documentTokensMax)} }`;
  expect(await refusal(query)).toEqual([
    400,
    'GRAPHQL_PARSE_FAILED',
    expect.stringContaining('more that 2000 tokens'),
  ]);
});

test('the length of a document is bounded, comments and line breaks included', async () => {
  const query = `{ greeting } ${'#\n'.repeat(limits.documentLengthMax / 2)}`;
  expect(await refusal(query)).toEqual([
    400,
    'GRAPHQL_PARSE_FAILED',
    expect.stringContaining(`at most ${limits.documentLengthMax} are allowed`),
  ]);
  const { status, body } = await server.ask(query.slice(0, limits.documentLengthMax));
  expect([status, body.data]).toEqual([200, { greeting: 'Hello, world' }]);
});

// Written out they would be 2 ** 60 fragments: a check that does so does not end.
test('fragments that double each other are refused', async () => {
  const doubling = times(60, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`);
  const query = `{ ...F0 } ${doubling} fragment F60 on Query { greeting }`;
  expect(await refusal(query)).toEqual([400, invalid, expect.any(String)]);
});

test('rows are counted for each request separately, on both paths', async () => {
  const half = `rows(count: ${limits.responseRowsMax / 2}) { id }`;
  const query = `{ a: ${half} b: ${half} }`;
  for (let request = 1; request <= 3; request++) {
    expect(await server.ask(query)).toMatchObject({
      status: 200,
      body: { data: { a: [], b: [] } },
    });
  }
  const { body } = await server.ask(`{ a: ${half} b: ${half} greeting c: ${half} }`);
  expect(body.data).toEqual({ a: [], b: [], greeting: 'Hello, world', c: null });
  expect(body.errors).toMatchObject([{ path: ['c'], extensions: { code: 'BAD_USER_INPUT' } }]);
});
