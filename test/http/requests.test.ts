import { getIntrospectionQuery } from 'graphql';
import { limits } from '../../src/config';
import { readResult, type StubServer, startStubServer } from './stub-server';

let server: StubServer;
beforeAll(async () => {
  server = await startStubServer();
});
afterAll(() => server.stop());

const get = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${server.origin}/graphql?query=${encodeURIComponent(query)}`, { headers });
const preflight = { 'apollo-require-preflight': '1' };
const error = (message: unknown, code = 'BAD_USER_INPUT') => ({
  errors: [expect.objectContaining({ message, extensions: { code } })],
});

describe("a malformed request gets a clear error in GraphQL's shape", () => {
  test('a body that is too large', async () => {
    const { status, body } = await server.post(`{"query":"${'x'.repeat(limits.bodyBytesMax)}"}`);
    expect(status).toBe(413);
    expect(body).toEqual(error('The body is larger than 4194304 bytes. Send less at once.'));
  });

  test('malformed JSON', async () => {
    const { status, body } = await server.post('{"query":');
    expect([status, body]).toEqual([400, error('The body is not valid JSON.')]);
  });

  test('bytes that are no UTF-8: two names must not become one', async () => {
    const body = Buffer.from('{"query":"{ greeting(name: \\"a\xff\\") }"}', 'latin1');
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${server.origin}/graphql`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual(error('The body is not valid UTF-8.'));
  });

  test.each([
    ['charset', 'content-type', 'application/json; charset=latin1', /in UTF-8, not in latin1/],
    ['encoding', 'content-encoding', 'gzip', /without Content-Encoding/],
  ])('a body in another %s', async (_what, header, value, message) => {
    const { status, body } = await server.post('{"query":"{ greeting }"}', { [header]: value });
    expect([status, body]).toEqual([415, error(expect.stringMatching(message))]);
  });

  test('a message repeats a large value only in part', async () => {
    const variables = { n: [{ value: 'x'.repeat(100_000) }] };
    const query = 'query ($n: ID!) { greeting(name: $n) }';
    const { body } = await server.post(JSON.stringify({ query, variables }));
    const message =
      /invalid value \[\{ value: "x{89}… \(\d+ characters cut\); ID cannot represent value/;
    expect(body).toEqual(error(expect.stringMatching(message)));
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'a body of type %s',
    async (type) => {
      const { status, body } = await server.post('{"query":"{ greeting }"}', {
        'content-type': type,
      });
      const message = 'The body must be JSON, and Content-Type must be application/json.';
      expect([status, body]).toEqual([415, error(message)]);
    },
  );

  test('several operations in one array', async () => {
    const { status, body } = await server.post('[{"query":"{ greeting }"}]');
    expect([status, body]).toEqual([400, error('Operation batching disabled.')]);
  });

  test('an operation name that the document does not have', async () => {
    const { status, body } = await server.post(
      '{"query":"query A { greeting }","operationName":"B"}',
    );
    expect([status, body]).toEqual([400, error('Unknown operation named "B".')]);
  });

  test('a persisted query', async () => {
    const persisted = { extensions: { persistedQuery: { version: 1, sha256Hash: 'ab' } } };
    const { body } = await server.post(JSON.stringify(persisted));
    expect(body).toEqual(error('PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED'));
  });

  test('another method', async () => {
    const response = await fetch(`${server.origin}/graphql`, { method: 'PUT' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  test('an unknown route: the error lists the routes, without the query string', async () => {
    const { status, body } = await readResult(await fetch(`${server.origin}/graphiql?secret=1`));
    expect(status).toBe(404);
    expect(body.errors![0].message).toBe(
      'There is no GET /graphiql. There are /graphql (POST, and GET for queries), / (console), /playground, /healthz and /readyz.',
    );
  });
});

describe('GET', () => {
  test('executes queries that browsers cannot send without a preflight', async () => {
    const { status, body } = await readResult(await get('{ greeting }', preflight));
    expect([status, body]).toEqual([200, { data: { greeting: 'Hello, world' } }]);
  });

  test('is blocked without the preflight header', async () => {
    const { status, body } = await readResult(await get('{ greeting }'));
    expect([status, body]).toEqual([400, error(expect.stringContaining('Cross-Site Request'))]);
    expect(body.errors![0].message).toContain('preferGetMethod: false');
  });

  test('does not mutate', async () => {
    const response = await get('mutation { increment(input: { by: 1 }) }', preflight);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

describe('the schema', () => {
  test('shows itself to introspection, which the depth limit leaves alone', async () => {
    const { status, body } = await server.ask(getIntrospectionQuery());
    expect([status, body.errors]).toEqual([200, undefined]);
  });

  test('is hidden if introspection is off', async () => {
    const closed = await startStubServer({ introspection: false });
    const { status, body } = await closed.ask('{ __schema { types { name } } }');
    await closed.stop();
    expect(status).toBe(400);
    expect(body.errors![0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(body.errors![0].message).toContain('INTROSPECTION=on');
  });

  test("keeps “Did you mean” in a client's own text, in bounded time", async () => {
    const query = 'mutation ($i: IncrementInput!) { increment(input: $i) }';
    const said = await server.ask(query, { i: { by: 'Did you mean me? ok' } });
    expect(said.body.errors![0].message).toContain('"Did you mean me? ok"');
    const much = await server.ask(query, { i: { by: ' Did you mean'.repeat(50_000) } });
    expect(much.body.errors![0].message.length).toBeLessThan(1_100);
  });

  test('gives no hints, neither in documents nor in variables', async () => {
    const field = await server.ask('{ greting }');
    expect(field.body.errors![0].message).toBe('Cannot query field "greting" on type "Query".');
    const input = await server.ask('mutation ($i: IncrementInput!) { increment(input: $i) }', {
      i: { by: 1, notes: 'x' },
    });
    expect(input.body.errors![0]).toMatchObject({
      message: expect.stringMatching(
        /^((?!Did you mean).)*not defined by type "IncrementInput"\.$/,
      ),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});

test('null from a variable where a value is required is bad input, not a fault', async () => {
  const { body } = await server.ask('query ($name: ID = "a") { greeting(name: $name) }', {
    name: null,
  });
  expect(body.data).toEqual({ greeting: null });
  expect(body.errors![0].extensions).toEqual({ code: 'BAD_USER_INPUT' });
});

test('names of built-in properties are ordinary', async () => {
  const body =
    '{"query":"query ($n: ID!) { greeting(name: $n) }","variables":{"n":"__proto__","__proto__":{}}}';
  expect((await server.post(body)).body.data).toEqual({ greeting: 'Hello, __proto__' });
});

test('responses have a request id, and are not stored, sniffed or shared with other origins', async () => {
  const { headers } = await server.post('{"query":"{ greeting }"}', { origin: 'http://elsewhere' });
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{12}-[0-9a-z]+$/);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('access-control-allow-origin')).toBeNull();
});
