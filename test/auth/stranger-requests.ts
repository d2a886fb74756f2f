import {
  accountCursor,
  expiryCursor,
  historyCursor,
  holdCursor,
  lotCursor,
  pendingLotCursor,
} from '../../src/ids/cursor';
import { encodeOpaque } from '../../src/ids/opaque';
import { accessCases, entryOf } from './access-cases';

/** A request to /graphql. */
export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly body?: unknown;
}

const one = accessCases.map(
  ({ name, about }) => [name, (id: string): Sent => ({ body: about(id) })] as const,
);
export const idQuery = 'query ($id: ID!) { account(id: $id) { id points } }';

/** Requests of a principal that is bound to `shop:`, about an account. */
export const requestsAbout: readonly (readonly [name: string, (id: string) => Sent])[] = [
  ...one,
  [
    'aliases',
    (id) => ({
      body: {
        query:
          'query ($id: ID!) { a: account(id: $id) { id } b: balances(accountId: $id) { payer } }',
        variables: { id },
      },
    }),
  ],
  [
    'a fragment with an own account beside it',
    (id) => ({
      body: {
        query:
          'query ($id: ID!) { ...F own: account(id: "shop:1") { points } } fragment F on Query { account(id: $id) { points } }',
        variables: { id },
      },
    }),
  ],
  [
    'GET',
    (id) => ({
      method: 'GET',
      path: `?${new URLSearchParams({ query: idQuery, variables: JSON.stringify({ id }) })}`,
    }),
  ],
  [
    'a batch',
    (id) => ({
      body: [
        { query: idQuery, variables: { id } },
        { query: idQuery, variables: { id } },
      ],
    }),
  ],
  [
    'a persisted query',
    (id) => ({
      body: {
        variables: { id },
        extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } },
      },
    }),
  ],
  [
    'a cursor of accounts, forwards',
    (id) => ({
      body: {
        query: 'query ($after: String) { accounts(after: $after) { nodes { id } } }',
        variables: { after: accountCursor(id) },
      },
    }),
  ],
  [
    'a cursor of accounts, backwards',
    (id) => ({
      body: {
        query: 'query ($before: String) { accounts(last: 1, before: $before) { nodes { id } } }',
        variables: { before: accountCursor(id) },
      },
    }),
  ],
  ...(
    [
      ['lots', (id: string) => lotCursor(id, { timestamp: 0, sequence: 1 })],
      ['pendingLots', (id: string) => pendingLotCursor(id, { timestamp: 0, sequence: 1 })],
      ['holds', (id: string) => holdCursor(id, { timestamp: 0, sequence: 1 })],
      ['expiries', (id: string) => expiryCursor(id, { at: 0, timestamp: 0, sequence: 1 })],
      ['history', (id: string) => historyCursor(id, 1)],
    ] as const
  ).map(
    ([list, cursorOf]) =>
      [
        `a cursor of another account's ${list}`,
        (id: string): Sent => ({
          body: {
            query: `query ($after: String) { account(id: "shop:1") { ${list}(first: 1, after: $after) { pageInfo { hasNextPage } } } }`,
            variables: { after: cursorOf(id) },
          },
        }),
      ] as const,
  ),
  [
    'an entry of another account beside an own one',
    (id) => ({
      body: {
        query: 'mutation ($input: ReverseSpendInput!) { reverseSpend(input: $input) { replayed } }',
        variables: { input: { accountId: 'shop:1', id: entryOf(id) } },
      },
    }),
  ],
  ['an id of two parts', (id) => ({ body: entryQuery(encodeOpaque(id, 1)) })],
  ['an id of four parts', (id) => ({ body: entryQuery(encodeOpaque(id, 1, 'x', 'y')) })],
  ['an id with a sequence of zero', (id) => ({ body: entryQuery(encodeOpaque(id, 0, 'x')) })],
  ['an id in another spelling', (id) => ({ body: entryQuery(`${entryOf(id)}=`) })],
];

function entryQuery(id: string) {
  return { query: 'query ($id: ID!) { entry(id: $id) { id } }', variables: { id } };
}
