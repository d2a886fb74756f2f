import { once } from 'node:events';
import { limits } from '../../src/config';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import {
  addMany,
  addOne,
  balances,
  getFrom,
  page,
  postTo,
  preview,
  row,
  twice,
  watch,
} from './plain-requests';
import { acceptParts, RawSocket } from './streams/stream-client';

let server: LedgerServer;
beforeAll(async () => {
  server = await startLedger();
});
afterAll(() => server.stop());

const post = (query: string, variables?: string, accept?: string, more?: string) =>
  postTo(server.endpoint, query, variables, accept, more);
const get = (query: string, variables: string) => getFrom(server.endpoint, query, variables);

const never = ['9007199254740993', '-9007199254740993', '1e21', '1.5', '0.99999999999999999999'];

describe.each(never)('the number %s is not an id', (id) => {
  const words = `the number ${id}`;

  test('in an input and in a row of a bulk', async () => {
    const one = await twice(() => post(addOne, `{"input":${row(id, '1')}}`));
    expect(one).toMatchObject({ status: 400, messages: [expect.stringContaining(words)] });
    const rows = `${row('"a"', '1')},${row(id, '1')}`;
    const many = await twice(() => post(addMany, `{"input":{"transactions":[${rows}]}}`));
    expect(many.messages[0]).toContain('"input.transactions[1].accountId"');
    expect(many.messages[0]).toContain(words);
  });

  test('in an argument, by POST and in a query string', async () => {
    for (const ask of [post, get]) {
      const response = await twice(() => ask(balances, `{"id":${id}}`));
      expect(response).toMatchObject({ status: 400, messages: [expect.stringContaining(words)] });
    }
  });

  test('in a subscription, over a WebSocket and in parts', async () => {
    const socket = await RawSocket.greeted(server.endpoint);
    const payload = `{"query":${JSON.stringify(watch)},"variables":{"id":${id}}}`;
    socket.socket.send(`{"id":"1","type":"subscribe","payload":${payload}}`);
    await once(socket.socket, 'message');
    socket.socket.close();
    const received = [expect.objectContaining({ message: expect.stringContaining(words) })];
    expect(socket.messages[1]).toMatchObject({ type: 'error', payload: received });
    const parts = await twice(() => post(watch, `{"id":${id}}`, acceptParts));
    expect(parts).toMatchObject({ status: 400, messages: [expect.stringContaining(words)] });
  });
});

test('safe integers are ids, and whole numbers in documents keep their digits', async () => {
  for (const [id, account] of [
    ['9007199254740991', '9007199254740991'],
    ['1e3', '1000'],
    ['7.0', '7'],
  ]) {
    const { data } = await post(addOne, `{"input":${row(id, '1')}}`);
    expect(data).toMatchObject({ addTransaction: { transaction: { accountId: account } } });
  }
  const literal = row('9007199254740993', '1').replace(/"(\w+)":/g, '$1: ');
  const { data } = await post(`mutation { addTransaction(input: ${literal}) { errors { code } } }`);
  expect(data).toEqual({ addTransaction: { errors: [] } });
  const { data: read } = await post(
    'query ($id: ID = 9007199254740993) { account(id: $id) { id } literal: account(id: 9007199254740993) { id } }',
  );
  const account = { id: '9007199254740993' };
  expect(read).toEqual({ account, literal: account });
});

test.each([
  ['0.99999999999999999999', 'has a fraction'],
  ['4503599627370496.4', 'has a fraction'],
  ['9007199254740993', 'is outside'],
  ['1e400', 'is outside'],
])('points %s are refused as they are written', async (points, fault) => {
  const words = `${points} ${fault}`;
  const asks = [
    () => post(addOne, `{"input":${row('"a"', points)}}`),
    () => post(addMany, `{"input":{"transactions":[${row('"a"', points)}]}}`),
    () => get(preview, `{"input":{"points":${points}}}`),
    () => post(`{ previewSpend(input: { points: ${points} }) { __typename } }`),
    () =>
      post(`query ($input: PreviewSpendInput! = { points: ${points} }) {
        previewSpend(input: $input) { __typename }
      }`),
  ];
  for (const ask of asks) {
    expect(await twice(ask)).toMatchObject({
      status: 400,
      messages: [expect.stringContaining(words)],
    });
  }
});

test.each(['1000.0', '1e3', '1000', '10000e-1'])('points %s are 1000', async (points) => {
  const { data } = await post(addOne, `{"input":${row(`"p${points}"`, points)}}`);
  expect(data).toMatchObject({ addTransaction: { transaction: { points: 1_000 } } });
});

test.each(['10', '10.0', '1e1'])('first: %s is an Int', async (first) => {
  for (const ask of [post, get]) {
    expect(await ask(page, `{"first":${first}}`)).toMatchObject({ status: 200, messages: [] });
  }
});

test.each(['1.5', '9.99999999999999999999', '3000000000', '1e400', '9007199254740993'])(
  'first: %s is not an Int',
  async (first) => {
    const { status, messages } = await twice(() => post(page, `{"first":${first}}`));
    expect([status, messages]).toEqual([400, [expect.stringMatching(/Int cannot represent/)]]);
  },
);

describe('values of variables', () => {
  const { variableValuesMax: most } = limits;
  const members = (count: number) =>
    Array.from({ length: count }, (_unused, at) => `"k${at}":1`).join(',');
  const tooMany = ['The variables hold more than 20,000 values. Send less at once.'];

  test('20,000 are read, and one more is not', async () => {
    const right = await post('{ __typename }', `{"a":{${members(most - 1)}}}`);
    expect(right).toMatchObject({ status: 200 });
    const wrong = await post('{ __typename }', `{"a":{${members(most)}}}`);
    expect(wrong).toEqual({ status: 400, data: undefined, messages: tooMany });
  });

  test('a bulk of 1,000 rows with all fields fits', async () => {
    const full = (at: number) =>
      `${row('"full"', '1').slice(0, -1)},"reference":"r","idempotencyKey":"k${at}"}`;
    const rows = Array.from({ length: 1_000 }, (_unused, at) => full(at)).join(',');
    const { status, data } = await post(addMany, `{"input":{"transactions":[${rows}]}}`);
    expect(status).toBe(200);
    expect(data).toMatchObject({ addTransactions: { results: { length: 1_000 } } });
  });

  test.each([
    ['extensions', `,"extensions":{${members(most)}}`],
    ['members of the body', `,${members(most)}`],
    ['variables by another spelling', `,"vari\\u0061bles":{${members(most)}}`],
  ])('%s are bounded too', async (_what, more) => {
    const { status, messages } = await post('{ __typename }', '{}', '*/*', more);
    expect([status, messages]).toEqual([400, [expect.stringContaining('more than 20,000 values')]]);
  });

  test('over a WebSocket', async () => {
    const socket = await RawSocket.greeted(server.endpoint);
    socket.subscribe('1', watch, { id: Array(most + 1).fill(1) });
    await once(socket.socket, 'close');
    expect(socket.closed).toEqual({ code: 4400, reason: tooMany[0] });
  });
});

test('of wrong values the first is named, and the rest only counted as too many', async () => {
  const rows = Array(500).fill(row('"a"', '0.5')).join(',');
  const { messages } = await twice(() => post(addMany, `{"input":{"transactions":[${rows}]}}`));
  expect(messages).toEqual([
    expect.stringContaining('"input.transactions[0].points"'),
    expect.stringContaining('Too many errors processing variables'),
  ]);
});

test('a document that is mostly line breaks is refused like any other, without locations', async () => {
  const ask = async (lines: number) => {
    const body = JSON.stringify({ query: `${'\n'.repeat(lines)}{ a b }` });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(server.endpoint, { method: 'POST', headers, body });
    return (await response.json()) as { errors: { message: string; locations?: object[] }[] };
  };
  const short = await ask(100);
  expect(short.errors[0].locations).toEqual([{ line: 101, column: 3 }]);
  const long = await ask(100_000);
  expect(long.errors.map(({ message }) => message)).toEqual(
    short.errors.map(({ message }) => message),
  );
  expect(long.errors[0].locations).toBeUndefined();
});
