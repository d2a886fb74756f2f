import { until } from '../../client/watch';
import { RawConnection, requestText, webSocketFields } from '../raw-connection';
import { type StubServer, startStubServer } from '../stub-server';

let server: StubServer;
beforeAll(async () => {
  server = await startStubServer();
});
afterAll(() => server.stop());

/** Returns the response to a request with further lines in its head. */
async function responseTo(request: string, ...lines: string[]): Promise<string> {
  const sent = request.replace('\r\n', `\r\n${lines.map((line) => `${line}\r\n`).join('')}`);
  const raw = (await RawConnection.open(server.origin)).read().send(sent);
  await until(() => /\r\n\r\n.|^HTTP\/1\.1 101 .*\r\n\r\n/s.test(raw.text) || raw.isClosed);
  raw.socket.destroy();
  return raw.text;
}

const requests = {
  'an operation': requestText(
    '/graphql',
    { 'content-type': 'application/json' },
    '{"query":"{ greeting }"}',
  ),
  'a health check': requestText('/healthz'),
  'an upgrade': requestText('/graphql', webSocketFields),
};

/** Each request has a Host of its own. */
const repeated = {
  'two equal Host headers': ['HOST: localhost'],
  'two Host headers': ['host: elsewhere'],
  'two equal Authorization headers': ['Authorization: Bearer a', 'Authorization: Bearer a'],
  'two Authorization headers': ['authorization: Bearer a', 'AUTHORIZATION: Basic b'],
  'an empty Authorization header and another': ['Authorization:', 'Authorization: Bearer a'],
};

describe.each(Object.entries(requests))('%s', (_name, request) => {
  test.each(Object.entries(repeated))('with %s gets 400', async (_fields, lines) => {
    const field = lines[0]!.toLowerCase().startsWith('host') ? 'Host' : 'Authorization';
    const response = await responseTo(request, ...lines);
    expect(response).toMatch(/^HTTP\/1\.1 400 /);
    expect(response).toContain(`The request has two ${field} headers.`);
  });

  test('with one Authorization header, and others twice, is served', async () => {
    const lines = [
      'Authorization: Bearer a',
      'accept-not: a',
      'accept-not: b',
      'x-ho: a',
      'x-ho: b',
    ];
    expect(await responseTo(request, ...lines)).toMatch(/^HTTP\/1\.1 (200|101) /);
  });
});
