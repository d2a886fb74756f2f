import { request } from 'node:http';
import { until } from '../client/watch';
import { RawSocket } from '../http/streams/stream-client';
import { add, row } from './access-cases';
import { bearer, type ProtectedServer, post, startProtected } from './protected-server';
import { idQuery, requestsAbout, type Sent } from './stranger-requests';

let server: ProtectedServer;
let key: string;
beforeAll(async () => {
  server = await startProtected();
  const writer = await server.createKey('writer', { scopes: ['points:write'] });
  for (const accountId of ['shop:1', stored]) {
    const { body } = await post(server, writer, add, { input: { ...row, accountId } });
    expect(body.errors).toBeUndefined();
  }
  key = await server.createKey('shop', {
    scopes: ['points:read', 'points:write', 'points:admin'],
    prefix: 'shop:',
  });
});
afterAll(() => server.stop());

/** Accounts outside the binding. The first is stored; the others differ in length and script. */
const stored = 'other:1';
const others = [
  'other:2',
  'nobody at all',
  '',
  'shop',
  'SHOP:1',
  // Normalised to the prefix by NFKC, or by the case.
  'shop\uff1a1',
  '\u017fhop:1',
  ' shop:1',
  '\u200bshop:1',
  '\ud800shop:1',
  '__proto__',
  'constructor',
  'x'.repeat(300),
];

/** Sends a request as it is, and returns all of the response but what differs at every request. */
async function sent({ method = 'POST', path = '', body }: Sent): Promise<unknown> {
  const headers = { 'content-type': 'application/json', ...bearer(key) };
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const asking = request(`${server.endpoint}${path}`, {
      method,
      headers: method === 'GET' ? { ...headers, 'apollo-require-preflight': '1' } : headers,
    });
    asking.on('error', reject).on('response', (response) => {
      let received = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        received += chunk;
      });
      response.on('end', () => {
        const { rawHeaders, statusCode } = response;
        const kept = rawHeaders.filter(
          (_each, index) => !/^(x-request-id|date)$/i.test(rawHeaders[index - (index % 2)]!),
        );
        resolve({ statusCode, kept, received });
      });
    });
    asking.end(text);
  });
}

test.each(requestsAbout)(
  'a response does not tell which accounts outside the binding exist, cold and warm: %s',
  async (_name, about) => {
    const known = await sent(about(stored));
    for (let time = 0; time < 2; time += 1) {
      for (const id of others) expect(await sent(about(id))).toEqual(known);
    }
  },
);

/** Half of a surrogate pair in a document is a syntax error. */
const literals = others.filter((id) => id.isWellFormed());

test.each(literals)('the account %j is FORBIDDEN as a literal, too', async (id) => {
  const { body } = await post(server, key, `{ account(id: ${JSON.stringify(id)}) { id } }`);
  expect(body).toMatchObject({ data: null, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
});

test('a list begins with nothing of other accounts, whatever it starts with', async () => {
  const query =
    'query ($it: String) { accounts(startsWith: $it) { nodes { id } pageInfo { hasPreviousPage hasNextPage } } }';
  const listed = async (it: string) => (await post(server, key, query, { it })).body.data;
  const none = {
    accounts: { nodes: [], pageInfo: { hasPreviousPage: false, hasNextPage: false } },
  };
  for (const it of ['o', stored, 'other:2', '\uff53hop:', 'shop:1~', 'shop;']) {
    expect(await listed(it)).toEqual(none);
  }
});

test('an account that is the prefix and nothing more is within the binding', async () => {
  const { body } = await post(server, key, idQuery, { id: 'shop:' });
  expect(body).toEqual({ data: { account: null } });
});

test('half of a surrogate pair within the prefix names no account, and reads none', async () => {
  const { body } = await post(server, key, idQuery, { id: 'shop:\ud800' });
  expect(body).toEqual({ data: { account: null } });
  const added = await post(server, key, add, { input: { ...row, accountId: 'shop:\ud800' } });
  expect(added.body).toMatchObject({
    data: { addTransaction: { errors: [{ code: 'INVALID_ACCOUNT' }] } },
  });
});

test('variables cannot bring an account in through a prototype', async () => {
  const send = async (input: string) => {
    const headers = { 'content-type': 'application/json', ...bearer(key) };
    const body = `{"query": ${JSON.stringify(add)}, "variables": {"input": ${input}}}`;
    const response = await fetch(server.endpoint, { method: 'POST', headers, body });
    return response.json() as Promise<{ errors: { extensions: { code: string } }[] }>;
  };
  const rest = '"payer": "P", "points": 1, "timestamp": "2020-01-01T00:00:00Z"';
  for (const account of ['shop:1', stored]) {
    for (const text of [
      `{"__proto__": {"accountId": "${account}"}, ${rest}}`,
      `{"accountId": "shop:1", "__proto__": {"accountId": "${account}"}, ${rest}}`,
      `{"constructor": {"prototype": {"accountId": "${account}"}}, ${rest}}`,
    ]) {
      const { errors } = await send(text);
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    }
  }
  expect(Object.hasOwn(Object.prototype, 'accountId')).toBe(false);
});

test('a variable named __proto__ is checked like any other', async () => {
  const send = async (id: string) => {
    const query = 'query ($__proto__: ID!) { account(id: $__proto__) { id } }';
    const headers = { 'content-type': 'application/json', ...bearer(key) };
    const body = `{"query": ${JSON.stringify(query)}, "variables": {"__proto__": "${id}"}}`;
    const response = await fetch(server.endpoint, { method: 'POST', headers, body });
    return response.json();
  };
  expect(await send('shop:1')).toEqual({ data: { account: { id: 'shop:1' } } });
  const refused = { data: null, errors: [{ extensions: { code: 'FORBIDDEN' } }] };
  expect(await send(stored)).toMatchObject(refused);
});

test('over a WebSocket, the messages are the same for all accounts outside the binding', async () => {
  const raw = await RawSocket.open(server.endpoint, undefined, bearer(key));
  raw.send({ type: 'connection_init' });
  await until(() => raw.messages.length === 1);
  const query =
    'subscription ($id: ID!, $after: Int) { accountChanged(accountId: $id, after: $after) { entry { id } } }';
  const received = async (id: string, after: number | null) => {
    const before = raw.messages.length;
    raw.subscribe('same', query, { id, after });
    await until(() => raw.messages.length > before);
    return raw.messages.at(-1);
  };
  const known = await received(stored, null);
  expect(known).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'FORBIDDEN' } }] });
  for (const after of [null, 0, 1, 2, -1]) {
    for (const id of [stored, ...others]) expect(await received(id, after)).toEqual(known);
  }
  raw.socket.close();
});
