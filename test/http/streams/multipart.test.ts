import { setTimeout as pause } from 'node:timers/promises';
import { MemoryJournal } from '../../../src/journal/memory/journal';
import { until } from '../../client/watch';
import { type LedgerServer, startLedgerOver } from '../../support/ledger-server';
import { RawConnection, requestText } from '../raw-connection';
import { acceptParts, addRows, Parts, watchDefault } from './stream-client';

let server: LedgerServer;
beforeEach(async () => {
  server = await startLedgerOver({ journal: new MemoryJournal() }, undefined, {
    subscriptionsMax: 2,
    streamLookMs: 20,
  });
});
afterEach(() => server.stop());

async function post(query: string, accept: string, variables: object = {}) {
  const response = await fetch(server.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query, variables }),
  });
  const type = response.headers.get('content-type');
  const body = (await response.json()) as { errors?: object[] };
  return { status: response.status, type, body };
}

test('each change is a part, and idle times are filled with empty ones', async () => {
  const parts = await Parts.of(server.endpoint, watchDefault);
  expect(parts.response.headers['content-type']).toBe(
    'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  );
  await addRows(server.endpoint, 2);
  const payloads = () => parts.contents.filter((part) => 'payload' in part);
  const idle = () => parts.contents.filter((part) => Object.keys(part).length === 0);
  // On a busy machine many idle times may be filled before the first change.
  await until(() => payloads().length > 1);
  const filled = idle().length;
  await until(() => idle().length > filled + 1);
  expect(payloads()).toEqual(
    [1, 2].map((sequence) => ({
      payload: { data: { accountChanged: { entry: { sequence }, account: { points: sequence } } } },
    })),
  );
  parts.leave();
});

test('a subscriber that leaves releases its place', async () => {
  let refused = 0;
  for (let count = 0; count < 6; count += 1) {
    let parts = await Parts.of(server.endpoint, watchDefault);
    // The server notices this a little later.
    while (parts.response.statusCode !== 200) {
      refused += 1;
      parts = await Parts.of(server.endpoint, watchDefault);
    }
    parts.leave();
  }
  expect(refused).toBeLessThan(100);
});

test.each([
  ['subscriptions alone', ''],
  ['subscriptions behind a response that is not read', requestText('/playground/main.js')],
])('pipelined %s occupy at most one place, and release it', async (_what, before) => {
  const origin = new URL(server.endpoint).origin;
  const headers = { 'content-type': 'application/json', accept: acceptParts };
  const body = JSON.stringify({ query: watchDefault });
  const sent = before + requestText('/graphql', headers, body).repeat(10);
  const isSeated = async () => {
    const parts = await Parts.of(server.endpoint, watchDefault);
    parts.leave();
    return parts.response.headers['content-type']!.startsWith('multipart/');
  };
  for (const end of ['destroy', 'resetAndDestroy', 'end'] as const) {
    const raws = [];
    for (let count = 0; count < 4; count++) {
      raws.push((await RawConnection.open(origin)).send(sent));
      await pause(20);
    }
    for (const raw of raws) raw.socket[end]();
    while (!(await isSeated()));
    for (const raw of raws) raw.socket.destroy();
  }
});

test.each([
  ['application/json', 200],
  ['application/graphql-response+json', 400],
  ['*/*', 400],
  ['multipart/mixed;deferSpec=20220824, application/graphql-response+json', 400],
])(
  'without parts in Accept (%s) a subscription is refused with the reason',
  async (accept, status) => {
    const response = await post(watchDefault, accept);
    expect(response.status).toBe(status);
    expect(response.body.errors).toEqual([
      {
        message: expect.stringContaining('Accept: multipart/mixed;subscriptionSpec=1.0'),
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  },
);

test('a subscription by GET is refused', async () => {
  const url = `${server.endpoint}?query=${encodeURIComponent(watchDefault)}`;
  const headers = { 'apollo-require-preflight': '1', accept: acceptParts };
  const response = await fetch(url, { headers });
  expect(response.status).toBe(405);
});

test.each([
  ['subscription {', 'GRAPHQL_PARSE_FAILED', {}],
  ['subscription { accountChanged { nothing } }', 'GRAPHQL_VALIDATION_FAILED', {}],
  [watchDefault, 'BAD_USER_INPUT', { after: 'x' }],
  [watchDefault, 'BAD_USER_INPUT', { after: -1 }],
  [watchDefault, 'HISTORY_CHANGED', { after: 1 }],
])('the error of %j is sent immediately, as JSON', async (query, code, variables) => {
  for (const accept of [acceptParts, 'multipart/mixed;subscriptionSpec=1.0']) {
    const { status, type, body } = await post(query, accept, variables);
    expect(body.errors).toMatchObject([{ extensions: { code } }]);
    expect([status, type]).toEqual(
      accept === acceptParts
        ? [400, 'application/graphql-response+json; charset=utf-8']
        : [200, 'application/json; charset=utf-8'],
    );
  }
});

test('queries and mutations of a client that accepts parts get ordinary responses', async () => {
  const response = await post('{ balances { points } }', acceptParts);
  expect(response).toMatchObject({ status: 200, body: { data: { balances: [] } } });
});

test('beyond the limit a subscription is refused as OVERLOADED', async () => {
  const seated = await Promise.all([1, 2].map(() => Parts.of(server.endpoint, watchDefault)));
  const { body } = await post(watchDefault, acceptParts);
  expect(body.errors).toMatchObject([{ extensions: { code: 'OVERLOADED' } }]);
  for (const parts of seated) parts.leave();
});
