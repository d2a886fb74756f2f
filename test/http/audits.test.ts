import { serverAudits } from 'graphql-http';
import { type StubServer, startStubServer } from './stub-server';

let server: StubServer;
beforeAll(async () => {
  server = await startStubServer();
});
afterAll(() => server.stop());

/**
 * Audits that GET would else be taken for forged by the CSRF prevention; clients send the header
 * too.
 */
const fetchFn = (url: string, init: RequestInit = {}) =>
  fetch(url, { ...init, headers: { ...init.headers, 'apollo-require-preflight': '1' } });

const audits = serverAudits({ url: () => `${server.origin}/graphql`, fetchFn });

test('the GraphQL-over-HTTP specification has 61 audits', () => {
  expect(audits).toHaveLength(61);
});

test.each(audits.map((audit) => [audit.id, audit.name, audit] as const))(
  '%s %s',
  async (...row) => {
    const result = await row[2].fn();
    // A notice or a warning has a reason; only this is without blame.
    expect(result).toEqual({ id: row[0], name: row[1], status: 'ok' });
  },
);
