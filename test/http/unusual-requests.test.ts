import { readResult, type StubServer, startStubServer } from './stub-server';

let server: StubServer;
beforeAll(async () => {
  server = await startStubServer();
});
afterAll(() => server.stop());

const preflight = { 'apollo-require-preflight': '1' };
const error = (message: string) => ({
  errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }],
});

describe('paths with an invalid percent-encoding', () => {
  test.each(['/%zz', '/%', '/%ff', '/assets/%zz', '/%zz?query={greeting}', '/graphql%e0'])(
    '%s gets the same response as an unknown path',
    async (path) => {
      const [unknown, response] = await Promise.all(
        ['/unknown', path].map((each) => fetch(server.origin + each)),
      );
      const { body } = await readResult(unknown!);
      const [shown] = path.split('?', 1);
      const message = body.errors![0]!.message.replace('/unknown', () => shown!);
      expect([response!.status, await response!.json()]).toEqual([404, error(message)]);
      expect([...response!.headers.keys()]).toEqual([...unknown!.headers.keys()]);
    },
  );
});

describe('a body with a byte order mark', () => {
  const send = async (body: Buffer) =>
    readResult(
      await fetch(`${server.origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: new Uint8Array(body),
      }),
    );

  test('of UTF-8 is read without it', async () => {
    const { body } = await send(Buffer.from('\ufeff{"query":"{ greeting }"}'));
    expect(body).toEqual({ data: { greeting: 'Hello, world' } });
  });

  test('keeps U+FEFF inside of values', async () => {
    const query = 'query ($n: ID!) { greeting(name: $n) }';
    const { body } = await send(
      Buffer.from(`\ufeff${JSON.stringify({ query, variables: { n: '\ufeffa' } })}`),
    );
    expect(body).toEqual({ data: { greeting: 'Hello, \ufeffa' } });
  });

  test.each(['utf16le', 'swapped'])('of UTF-16 is refused by name (%s)', async (order) => {
    const little = Buffer.from('\ufeff{"query":"{ greeting }"}', 'utf16le');
    const { status, body } = await send(order === 'swapped' ? little.swap16() : little);
    expect([status, body]).toEqual([
      400,
      error('The body begins with the byte order mark of UTF-16. Send it as UTF-8.'),
    ]);
  });
});

describe('a browser that opens /graphql', () => {
  const open = (search: string, headers: object = {}) =>
    fetch(`${server.origin}/graphql${search}`, {
      headers: {
        accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
        ...headers,
      },
    });

  test.each([
    ['', 200],
    ['?query={greeting}', 400],
  ])('%s gets a page that links to the playground', async (search, status) => {
    const response = await open(search);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(await response.text()).toContain('<a href="/playground">');
  });

  test('gets data if a program sends the header', async () => {
    const { body } = await readResult(await open('?query={greeting}', preflight));
    expect(body).toEqual({ data: { greeting: 'Hello, world' } });
  });
});

describe('a response that the client does not accept', () => {
  const increment = JSON.stringify({ query: 'mutation { increment(input: { by: 1 }) }' });
  const sum = async () => {
    const { body } = await server.ask('mutation { increment(input: { by: 0 }) }');
    return body.data!.increment;
  };

  test.each([
    'text/event-stream',
    'text/html',
    'application/json;q=0',
    'application/json;charset=latin1',
    'multipart/mixed;deferSpec=20220824',
  ])('%s is refused before the operation, and the message names the transports', async (accept) => {
    const before = await sum();
    const { status, body } = await server.post(increment, { accept });
    expect([status, body.errors![0]!.extensions]).toEqual([406, { code: 'BAD_USER_INPUT' }]);
    expect(body.errors![0]!.message).toMatch(/graphql-transport-ws.*multipart\/mixed/);
    expect(await sum()).toBe(before);
  });

  test.each([
    '',
    '*/*',
    'application/*',
    'text/event-stream, application/json;q=0.1',
    'Application/JSON; charset="UTF-8"',
    'application/graphql-response+json',
  ])('%s is accepted', async (accept) => {
    const { status } = await server.post('{"query":"{ greeting }"}', { accept });
    expect(status).toBe(200);
  });
});
