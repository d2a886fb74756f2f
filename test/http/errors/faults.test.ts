import { faultDetail } from '../stub-schema';
import { type StubServer, startStubServer } from '../stub-server';

let server: StubServer;
beforeAll(async () => {
  server = await startStubServer({ logRequests: true });
});
afterAll(() => server.stop());
beforeEach(() => {
  server.log.length = 0;
});

const errorLines = () => server.log.filter(({ level }) => level === 'error');

test('a fault is masked, other fields are returned, and the log has it under its id', async () => {
  const { status, headers, body } = await server.ask('query Both { greeting fault }');
  const requestId = headers.get('x-request-id');
  expect(status).toBe(200);
  expect(body.data).toEqual({ greeting: 'Hello, world', fault: null });
  expect(body.errors).toEqual([
    {
      message: 'The server failed; the fault is in its log under the request id.',
      locations: [{ line: 1, column: 23 }],
      path: ['fault'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
    },
  ]);
  expect(errorLines()).toEqual([
    expect.objectContaining({
      fields: {
        requestId,
        operationName: 'Both',
        path: ['fault'],
        err: expect.objectContaining({ message: faultDetail }),
      },
    }),
  ]);
});

test.each(['{ strictFault }', '{ odd }'])('%s shows nothing of its cause', async (query) => {
  const { body } = await server.ask(query);
  expect(JSON.stringify(body)).not.toContain('secret-7');
  expect(body.errors![0].extensions).toEqual({
    code: 'INTERNAL_SERVER_ERROR',
    requestId: expect.any(String),
  });
  expect(errorLines()).toHaveLength(1);
});

test('an expected error keeps its code and message, and is not logged as a fault', async () => {
  const { body } = await server.ask('{ overloaded }');
  expect(body.errors![0]).toMatchObject({
    message: 'Too much waits.',
    extensions: { code: 'OVERLOADED' },
  });
  expect(errorLines()).toEqual([]);
});

test('no NODE_ENV lets stack traces out', async () => {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'development';
  const careless = await startStubServer();
  process.env.NODE_ENV = before;
  const responses = [await careless.ask('{ fault }'), await careless.ask('{ nothing }')];
  await careless.stop();
  expect(JSON.stringify(responses.map(({ body }) => body))).not.toMatch(/stack|\.ts:/);
});

test('a request’s line in the log names the operation and nothing that it holds', async () => {
  await server.ask('query Named($n: ID!) { greeting(name: $n) }', { n: 'private' });
  const lines = server.log.filter(({ level }) => level === 'debug');
  expect(lines).toEqual([
    {
      level: 'debug',
      message: 'Responded',
      fields: {
        requestId: expect.any(String),
        method: 'POST',
        path: '/graphql',
        operationName: 'Named',
        status: 200,
        durationMs: expect.any(Number),
      },
    },
  ]);
});
