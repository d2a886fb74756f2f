import { openLedger } from '../../../src/embed/open-ledger';
import { MemoryJournal } from '../../../src/journal/memory/journal';
import { until } from '../../client/watch';
import { type LedgerServer, startLedgerOver } from '../../support/ledger-server';
import { acceptParts, RawSocket } from './stream-client';

let server: LedgerServer;
beforeAll(async () => {
  server = await startLedgerOver({ journal: new MemoryJournal() });
});
afterAll(() => server.stop());

const change = 'accountChanged { entry { id } }';
/** Subscriptions whose root field may be left out. */
const conditional: readonly (readonly [place: string, query: string])[] = [
  ['the field', 'subscription ($is: Boolean!) { accountChanged @skip(if: $is) { entry { id } } }'],
  ['the field, as a literal', 'subscription { accountChanged @skip(if: true) { entry { id } } }'],
  [
    'an alias',
    'subscription ($is: Boolean = true) { a: accountChanged @include(if: $is) { entry { id } } }',
  ],
  [
    'a fragment',
    `subscription ($is: Boolean!) { ... on Subscription @include(if: $is) { ${change} } }`,
  ],
  [
    'a spread of a fragment',
    `subscription ($is: Boolean!) { ...A @skip(if: $is) } fragment A on Subscription { ${change} }`,
  ],
  [
    'a fragment in a fragment',
    `query Q { __typename } subscription S($is: Boolean!) { ...A } fragment A on Subscription { ...B }
     fragment B on Subscription { ... @ include(if: $is) { ${change} } }`,
  ],
];
const variables = { is: true };
const refusal = {
  message: expect.stringContaining('remove @skip and @include'),
  extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
};

describe.each(conditional)('a subscription with a condition on %s is refused', (_place, query) => {
  const operationName = query.startsWith('query') ? 'S' : undefined;
  const body = { query, variables, operationName };

  test.each([
    ['as parts', acceptParts],
    ['as JSON', 'application/json'],
  ])('when it is posted %s', async (_way, accept) => {
    for (const each of [body, { ...body, operationName: undefined }]) {
      const response = await fetch(server.endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept },
        body: JSON.stringify(each),
      });
      expect(await response.json()).toEqual({ errors: [refusal] });
    }
  });

  test('by GET', async () => {
    const response = await fetch(`${server.endpoint}?${new URLSearchParams({ query })}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(await response.json()).toEqual({ errors: [refusal] });
  });

  test('over a WebSocket, which stays open', async () => {
    const raw = await RawSocket.greeted(server.endpoint);
    for (const id of ['1', '2']) {
      raw.send({ type: 'subscribe', id, payload: body });
      await until(() => raw.messages.length === Number(id) + 1 || raw.closed !== null);
    }
    expect(raw.closed).toBeNull();
    expect(raw.messages.slice(1)).toEqual(
      ['1', '2'].map((id) => ({ type: 'error', id, payload: [refusal] })),
    );
    raw.socket.close();
  });

  test('in process', async () => {
    const ledger = await openLedger({ database: 'memory:' });
    expect(await ledger.execute({ query, variables })).toEqual({ errors: [refusal] });
    await ledger.close();
  });
});

test.each([
  ['below its root field', 'subscription { accountChanged { entry { id @skip(if: false) } } }'],
  [
    'of a query beside it',
    `subscription S { ${change} } query Q { balances @skip(if: true) { points } }`,
  ],
])('a condition %s is none on the root field', async (_place, query) => {
  const raw = await RawSocket.greeted(server.endpoint);
  const operationName = query.includes('query') ? 'S' : undefined;
  raw.send({ type: 'subscribe', id: '1', payload: { query, operationName } });
  raw.send({ type: 'subscribe', id: '2', payload: { query: '{' } });
  await until(() => raw.messages.length === 2);
  expect(raw.messages[1]).toMatchObject({ type: 'error', id: '2' });
  raw.socket.close();
});
