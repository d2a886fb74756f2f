import { MemoryJournal } from '../../../src/journal/memory/journal';
import { until } from '../../client/watch';
import { type LedgerServer, startLedgerOver } from '../../support/ledger-server';
import { addRows, RawSocket, Subscriber, socketClient, watchDefault } from './stream-client';

let server: LedgerServer;
beforeEach(async () => {
  server = await startLedgerOver({ journal: new MemoryJournal() }, undefined, {
    subscriptionsMax: 5,
    subscriptionsPerWebSocketMax: 3,
    webSocketMessageBytesMax: 8_192,
    introspection: false,
  });
});
afterEach(() => server.stop());

/** The messages of the server for one operation. */
async function responseTo(query: string, variables: object = {}) {
  const raw = await RawSocket.greeted(server.endpoint);
  raw.subscribe('1', query, variables);
  await until(() => raw.messages.length === 2 || raw.closed !== null);
  raw.socket.close();
  return raw.messages[1];
}

const refusal = (code: string, message: RegExp) => ({
  type: 'error',
  id: '1',
  payload: [
    expect.objectContaining({
      message: expect.stringMatching(message),
      extensions: { code },
    }),
  ],
});

test('a subscription sends results until the subscriber leaves', async () => {
  const client = socketClient(server.endpoint);
  const subscriber = new Subscriber(client, watchDefault, { after: 0 });
  await addRows(server.endpoint, 3);
  await until(() => subscriber.results.length === 3);
  subscriber.leave();
  await addRows(server.endpoint, 1);
  expect(subscriber.sequences).toEqual([1, 2, 3]);
  await client.dispose();
});

test.each([
  ['query', '{ balances { points } }'],
  [
    'mutation',
    'mutation { addTransaction(input: { payer: "A", points: 1, timestamp: "2020-01-01T00:00:00Z" }) { replayed } }',
  ],
])('a %s is refused and not done', async (kind, query) => {
  expect(await responseTo(query)).toEqual(
    refusal('BAD_USER_INPUT', new RegExp(`Send a ${kind} by POST`)),
  );
  const response = await fetch(server.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ account { points } }' }),
  });
  expect(await response.json()).toEqual({ data: { account: null } });
});

const change = (selection: string) => `subscription { accountChanged { ${selection} } }`;
test.each([
  ['does not parse', 'subscription {', 'GRAPHQL_PARSE_FAILED', /Syntax Error/],
  ['is not valid', change('nothing'), 'GRAPHQL_VALIDATION_FAILED', /Cannot query field "nothing"/],
  [
    'has too many tokens',
    change(`entry { ${'id '.repeat(2_000)} }`),
    'GRAPHQL_PARSE_FAILED',
    /2000 tokens/,
  ],
  [
    'has too many aliases',
    change(`entry { ${Array.from({ length: 101 }, (_, n) => `a${n}: id`).join(' ')} }`),
    'GRAPHQL_VALIDATION_FAILED',
    /101 aliases; at most 100/,
  ],
  [
    'has too many directives',
    change(`entry { ${'id @skip(if: false) '.repeat(21)} }`),
    'GRAPHQL_VALIDATION_FAILED',
    /21 directives; at most 20/,
  ],
  [
    'looks into a hidden schema',
    'subscription { __schema { types { name } } }',
    'GRAPHQL_VALIDATION_FAILED',
    /schema is hidden/,
  ],
  [
    'names an account that cannot be',
    'subscription { accountChanged(accountId: " ") { entry { id } } }',
    'BAD_USER_INPUT',
    /accountId is blank/,
  ],
  [
    'begins before the beginning',
    'subscription { accountChanged(after: -1) { entry { id } } }',
    'BAD_USER_INPUT',
    /after is -1; it must be/,
  ],
  [
    'begins after what there is',
    'subscription { accountChanged(after: 1) { entry { id } } }',
    'HISTORY_CHANGED',
    /after is 1, but the last entry of account "default" is 0/,
  ],
])('a subscription that %s is refused', async (_what, query, code, message) => {
  const response = await responseTo(query);
  const errors = response.payload as { message: string; extensions: { code: string } }[];
  expect(response).toMatchObject({ type: 'error', id: '1' });
  expect(errors.map(({ extensions }) => extensions.code)).toContain(code);
  expect(errors.map((error) => error.message).join('\n')).toMatch(message);
});

test('variables are judged as over HTTP', async () => {
  const response = await responseTo(watchDefault, { after: 'x' });
  expect(response).toEqual(refusal('BAD_USER_INPUT', /\$after.*"x"/));
});

test('a document that was valid before is checked again with new variables', async () => {
  expect(await responseTo(watchDefault, { after: 7 })).toEqual(refusal('HISTORY_CHANGED', /is 7/));
  expect(await responseTo(watchDefault, { after: 8 })).toEqual(refusal('HISTORY_CHANGED', /is 8/));
});

test('a WebSocket carries a bounded number of subscriptions, and so does the server', async () => {
  const [one, two] = [
    await RawSocket.greeted(server.endpoint),
    await RawSocket.greeted(server.endpoint),
  ];
  for (const id of ['1', '2', '3', '4']) one.subscribe(id);
  await until(() => one.messages.length === 2);
  expect(one.messages[1]).toMatchObject({
    id: '4',
    payload: [{ extensions: { code: 'BAD_USER_INPUT' } }],
  });
  for (const id of ['5', '6', '7']) two.subscribe(id);
  await until(() => two.messages.length === 2);
  expect(two.messages[1]).toMatchObject({
    id: '7',
    payload: [{ extensions: { code: 'OVERLOADED' } }],
  });
  // A subscriber that leaves releases its place.
  one.send({ id: '1', type: 'complete' });
  two.subscribe('8');
  await addRows(server.endpoint, 1);
  const ids = (raw: RawSocket) =>
    raw.messages.filter(({ type }) => type === 'next').map(({ id }) => id);
  await until(() => ids(one).length + ids(two).length === 5);
  expect(ids(one).sort()).toEqual(['2', '3']);
  expect(ids(two).sort()).toEqual(['5', '6', '8']);
  for (const { socket } of [one, two]) socket.close();
});

test.each([
  [
    'subscribes without greeting',
    4401,
    async () => {
      const raw = await RawSocket.open(server.endpoint);
      raw.subscribe('1');
      return raw;
    },
  ],
  [
    'sends what is no message',
    4400,
    async () => {
      const raw = await RawSocket.greeted(server.endpoint);
      raw.socket.send('hello');
      return raw;
    },
  ],
  [
    'sends a message that is too large',
    1009,
    async () => {
      const raw = await RawSocket.greeted(server.endpoint);
      raw.socket.send('x'.repeat(8_193));
      return raw;
    },
  ],
  [
    'reuses an id, and uses a long one',
    4409,
    async () => {
      const raw = await RawSocket.greeted(server.endpoint);
      for (const id of ['é'.repeat(200), 'é'.repeat(200)]) raw.subscribe(id);
      return raw;
    },
  ],
])('a peer that %s is closed with %i', async (_what, code, meet) => {
  const raw = await meet();
  await until(() => raw.closed !== null);
  expect(raw.closed!.code).toBe(code);
});

test('a peer that sends no connection_init is closed', async () => {
  const journal = new MemoryJournal();
  const hasty = await startLedgerOver({ journal }, undefined, { webSocketInitMsMax: 50 });
  const raw = await RawSocket.open(hasty.endpoint);
  await until(() => raw.closed !== null);
  expect(raw.closed!.code).toBe(4408);
  await hasty.stop();
});
