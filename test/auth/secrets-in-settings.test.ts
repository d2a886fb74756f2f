import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openLedger } from '../../src/embed/open-ledger';
import { points } from '../cli/points';
import { pointsHere } from '../cli/points-here';
import { until } from '../client/watch';
import { useClusterServers } from '../cluster/cluster-servers';
import { temporaryFolder } from '../support/temporary-folder';
import { newIssuerKey } from './issuer';

const servers = useClusterServers();
const folder = temporaryFolder('secrets');
const ledger = `file:${join(folder, 'ledger.db')}`;
const secret = 'planted-Secret-0123456789';
const nowhere = `postgres://me:${secret}@127.0.0.1:1/ledger`;
const issuer = { AUTH_ISSUER: 'https://id.example.com', AUTH_AUDIENCE: 'points' };

/** What is written somewhere, and may not hold the secret. */
function expectNoSecret(written: string): void {
  expect(written).not.toBe('');
  expect(written).not.toContain(secret);
  // Not in an encoded form either.
  expect(written).not.toContain(btoa(secret).slice(0, 20));
  expect(written).not.toContain(btoa(`me:${secret}`).slice(4, 24));
}

const tokenFile = join(folder, 'token');
const pair = join(folder, 'pair');
writeFileSync(tokenFile, secret);
writeFileSync(pair, `${secret} ${secret}`);

/** A server that responds to everything with what it received. */
const echo = createServer((request, response) => {
  const { authorization } = request.headers;
  response.end(JSON.stringify({ errors: [{ message: `No: ${request.method}`, extensions: {} }] }));
  echoed.push(String(authorization));
});
const echoed: string[] = [];
let echoUrl = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  echoUrl = `127.0.0.1:${(echo.address() as AddressInfo).port}/graphql`;
});
afterAll(() => echo.close());

const commands: [string, () => string[]][] = [
  ['a password in --url', () => ['export', '--url', `http://me:${secret}@${echoUrl}`]],
  ['a name in --url', () => ['export', '--url', `http://${secret}@${echoUrl}`]],
  ['a query string in --url', () => ['export', '--url', `http://${echoUrl}?key=${secret}`]],
  [
    'a query string of a server that is away',
    () => ['export', '--url', `http://127.0.0.1:1/?k=${secret}`],
  ],
  ['a --url that is none', () => ['export', '--url', `htp://me:${secret}@${echoUrl}`]],
  ['a token file', () => ['export', '--url', `http://${echoUrl}`, '--token-file', tokenFile]],
  ['a wrong token file', () => ['export', '--url', `http://${echoUrl}`, '--token-file', pair]],
  ['a database that is away', () => ['export', '--database', nowhere]],
  ['a verification of one', () => ['verify', '--database', nowhere]],
  ['a restore into one', () => ['restore', tokenFile, '--database', nowhere]],
  ['a sweep of one', () => ['sweep', '--database', nowhere]],
];

test.each(commands)('a command does not print the secret in %s', async (_place, words) => {
  const { out, errors, code } = await pointsHere(words());
  expect(code).not.toBe(0);
  expectNoSecret(out + errors);
});

test('a program does not print POINTS_TOKEN or DATABASE_URL, wrong or right', async () => {
  for (const token of [secret, `${secret} ${secret}`]) {
    const env = { POINTS_TOKEN: token };
    const { out, errors } = await points(['export', '--url', `http://${echoUrl}`], { env });
    expectNoSecret(out + errors);
  }
  expect(echoed).toContain(`Bearer ${secret}`);
  const env = { DATABASE_URL: nowhere };
  for (const place of [[], ['--database', nowhere]]) {
    const { out, errors, code } = await points(['keys', 'list', ...place], { env });
    expect(code).not.toBe(0);
    expectNoSecret(out + errors);
  }
});

test.each([
  ['the password of AUTH_JWKS_URL', `https://me:${secret}@id.example.com/jwks`],
  ['a password alone', `https://:${secret}@id.example.com/jwks`],
  ['a name alone', `https://${secret}@id.example.com/jwks`],
  ['an address without TLS', `http://me:${secret}@id.example.com/jwks?key=${secret}`],
])('a server does not start with %s, and does not repeat it', async (_place, url) => {
  const server = servers.start(ledger, { AUTH_JWKS_URL: url, ...issuer });
  const { code, errors } = await server.ended;
  expect(code).toBe(1);
  expect(errors).toContain('AUTH_JWKS_URL must be');
  expectNoSecret(errors);
  const open = () =>
    openLedger({ database: 'memory:', jwksUrl: url, issuer: 'i', audience: 'points' });
  await expect(open()).rejects.toThrow(/^jwksUrl must be/);
  await expect(open()).rejects.not.toThrow(secret);
});

test.each([
  ['the query string of AUTH_JWKS_URL', `http://127.0.0.1:1/jwks?key=${secret}`],
  ['a query string of a server that sends no keys', () => `http://${echoUrl}?key=${secret}`],
])('a server does not log %s', async (_place, url) => {
  const AUTH_JWKS_URL = typeof url === 'string' ? url : url();
  const written = await logOf(ledger, { AUTH_JWKS_URL, ...issuer });
  expect(written).toContain('The keys of the issuer cannot be read');
  expectNoSecret(written);
});

test('a server does not log the password of a database that is away', async () => {
  expectNoSecret(await logOf(nowhere, {}));
});

test('private keys in AUTH_JWKS_FILE, and a file that is none, are not repeated', async () => {
  const key = await newIssuerKey('ES256', 'one');
  const path = join(folder, 'jwks.json');
  writeFileSync(path, JSON.stringify({ keys: [key.jwk] }));
  const written = await logOf(ledger, { AUTH_JWKS_FILE: path, ...issuer });
  expect(written).not.toContain(key.jwk.d);
  for (const text of [secret, `{"keys": "${secret}"}`, `{"keys": [{"kty": "${secret}"}]}`]) {
    writeFileSync(path, text);
    expectNoSecret(await logOf(ledger, { AUTH_JWKS_FILE: path, ...issuer }));
  }
});

/** Returns what a server writes until it has started, has ended, or has written for a while. */
async function logOf(database: string, settings: Record<string, string>): Promise<string> {
  const server = servers.start(database, { ...settings, LOG_LEVEL: 'debug' });
  let out = '';
  server.process.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  let hasEnded = false;
  void server.ended.then(() => {
    hasEnded = true;
  });
  await until(() => hasEnded || out.includes('"url":') || out.split('\n').length > 3);
  server.process.kill('SIGKILL');
  const { errors } = await server.ended;
  return out + errors;
}
