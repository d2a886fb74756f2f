import { resolve } from 'node:path';
import { readConfig } from '../src/config';

const read = (environment: Record<string, string>) => readConfig(environment).auth;
const issuer = { AUTH_ISSUER: 'https://id.example.com', AUTH_AUDIENCE: 'points' };

test.each([
  [{ AUTH: 'yes' }, 'AUTH is "yes"; it must be on or off.'],
  [
    { AUTH_JWKS_FILE: 'keys.json', AUTH_AUDIENCE: 'points' },
    /^AUTH_ISSUER is missing; AUTH_JWKS_FILE needs it/,
  ],
  [{ AUTH_JWKS_URL: 'https://x', AUTH_ISSUER: 'https://x' }, /^AUTH_AUDIENCE is missing/],
  [{ ...issuer }, /^AUTH_ISSUER is set without AUTH_JWKS_URL or AUTH_JWKS_FILE/],
  [{ AUTH_ACCOUNT_CLAIM: 'member' }, /^AUTH_ACCOUNT_CLAIM is set without/],
  [{ AUTH_JWKS_URL: 'https://x', AUTH_JWKS_FILE: 'y', ...issuer }, /are both set; set one of them/],
  [
    { AUTH_JWKS_URL: 'http://id.example.com/jwks', ...issuer },
    /must be an address that begins with https/,
  ],
  [{ AUTH_JWKS_URL: 'https://u:p@id.example.com/', ...issuer }, /has no password/],
  [{ AUTH_JWKS_URL: 'keys.json', ...issuer }, /^AUTH_JWKS_URL must be an address/],
])('%j is refused with what would be right', (environment, message) => {
  expect(() => read(environment as Record<string, string>)).toThrow(message);
});

test('keys of an issuer on loopback may be fetched without TLS', () => {
  for (const url of ['http://127.0.0.1:1/jwks', 'http://localhost/jwks', 'http://[::1]:2/jwks']) {
    expect(read({ AUTH_JWKS_URL: url, ...issuer }).tokens?.keys).toEqual({ kind: 'url', url });
  }
  const file = read({ AUTH_JWKS_FILE: 'keys.json', ...issuer });
  expect(file).toMatchObject({ mode: 'auto', tokens: { keys: { path: resolve('keys.json') } } });
});
