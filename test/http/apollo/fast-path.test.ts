import { ApolloServer } from '@apollo/server';
import { limits } from '../../../src/config';
import { KnownDocuments } from '../../../src/http/apollo/known-documents';
import { type StubServer, startStubServer } from '../stub-server';

/** Caches no document, so that Apollo Server executes every request. */
let slow: StubServer;
let fast: StubServer;
beforeAll(async () => {
  slow = await startStubServer({ limits: { ...limits, knownDocumentsLengthMax: 0 } });
  fast = await startStubServer();
});
afterAll(() => Promise.all([slow.stop(), fast.stop()]));

const two = 'query A { greeting(name: "a") } query B { greeting(name: "b") }';

/** Bodies; true if Apollo Server is skipped the second time. */
const bodies: [string, object, boolean][] = [
  ['a query', { query: '{ greeting }' }, true],
  ['variables', { query: 'query ($n: ID!) { greeting(name: $n) }', variables: { n: 1 } }, true],
  ['null for what is optional', { query: '{ greeting }', variables: null, extensions: null }, true],
  ['one of two operations', { query: two, operationName: 'B' }, true],
  ['a mutation', { query: 'mutation { increment(input: { by: 0 }) }' }, true],
  ['a fault and data', { query: 'query F { greeting fault }' }, true],
  ['a fault that takes everything', { query: '{ strictFault }' }, true],
  ['an error without a public code', { query: '{ odd }' }, true],
  ['an expected error', { query: '{ overloaded }' }, true],
  [
    'null where an argument must be',
    { query: 'query ($n: ID = "a") { greeting(name: $n) }', variables: { n: null } },
    true,
  ],
  ['wrong variables', { query: 'query ($n: ID!) { greeting(name: $n) }', variables: {} }, true],
  ['a list beyond the budget', { query: '{ greeting rows(count: 200001) { id } }' }, true],
  ['one of two without a name', { query: two }, false],
  ['an unknown operation', { query: two, operationName: 'C' }, false],
  ['a document that is invalid', { query: '{ nothing }' }, false],
  ['a malformed document', { query: '{' }, false],
  ['an array for variables', { query: '{ greeting }', variables: [] }, false],
  ['a persisted query', { query: '{ greeting }', extensions: { persistedQuery: {} } }, false],
  // Apollo Client names itself so in every request.
  ['an extension', { query: '{ greeting }', extensions: { clientLibrary: {} } }, true],
  ['no query', {}, false],
];
const accepts = [
  '*/*',
  'application/json',
  'application/graphql-response+json',
  'text/html, */*;q=0.1',
];

async function ask(server: StubServer, body: object, accept: string) {
  const response = await server.post(JSON.stringify(body), { accept });
  const text = JSON.stringify(response.body).replace(/"requestId":"[^"]+"/, '"requestId":"…"');
  return [response.status, response.headers.get('content-type'), text];
}

describe.each(accepts)('a client that accepts %s', (accept) => {
  test.each(bodies)('%s gets the same response on both paths', async (_name, body, isKnown) => {
    const first = await ask(slow, body, accept);
    await ask(fast, body, accept);
    const apollo = jest.spyOn(ApolloServer.prototype, 'executeHTTPGraphQLRequest');
    const second = await ask(fast, body, accept);
    const calls = apollo.mock.calls.length;
    apollo.mockRestore();
    expect(second).toEqual(first);
    expect(calls).toBe(isKnown ? 0 : 1);
  });
});

test('faults on the fast path are logged under the id that the client received', async () => {
  await fast.ask('query Again { fault }');
  fast.log.length = 0;
  const { body } = await fast.ask('query Again { fault }');
  const { requestId } = body.errors![0].extensions;
  expect(fast.log).toEqual([
    expect.objectContaining({
      level: 'error',
      fields: expect.objectContaining({ requestId, operationName: 'Again', path: ['fault'] }),
    }),
  ]);
});

test('unusual Accept headers evict each other, and not those in use', async () => {
  const apollo = jest.spyOn(ApolloServer.prototype, 'executeHTTPGraphQLRequest');
  const callsFor = async (accept: string) => {
    apollo.mockClear();
    await fast.post('{"query":"{ greeting }"}', { accept });
    return apollo.mock.calls.length;
  };
  await callsFor('*/*');
  for (let odd = 0; odd < 150; odd++) {
    await callsFor(`application/json, application/x-odd-${odd}`);
    if (odd % 50 === 0) await callsFor('*/*');
  }
  expect(await callsFor('*/*')).toBe(0);
  expect(await callsFor('application/json;q=0.9')).toBe(1);
  expect(await callsFor('application/json;q=0.9')).toBe(0);
  expect(await callsFor('application/json, application/x-odd-0')).toBe(1);
  apollo.mockRestore();
});

test('the cache of documents evicts the least recently used, and does not store large ones', () => {
  const documents = new KnownDocuments(100);
  const document = { kind: 'Document', definitions: [] } as never;
  const texts = Array.from({ length: 51 }, (_, index) => String(10 + index));
  for (const text of [...texts, 'abc']) documents.add(text, document);
  const known = [...texts, 'abc'].filter((text) => documents.get(text) !== undefined);
  expect(known).toEqual(texts.slice(1));
});

test('a document in use is not evicted', () => {
  const documents = new KnownDocuments(100);
  const document = { kind: 'Document', definitions: [] } as never;
  for (let index = 0; index < 100; index += 1) {
    documents.add('ab', document);
    documents.add(String(100 + index).slice(1), document);
    expect(documents.get('ab')).toBe(document);
  }
});
