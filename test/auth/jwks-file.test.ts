import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { TokenVerifier } from '../../src/auth/tokens/token-verifier';
import { silentLogger } from '../../src/telemetry/logger';
import { recordingLogger } from '../service/recording-logger';
import { temporaryFolder } from '../support/temporary-folder';
import { type IssuerKey, newIssuerKeys, signed } from './issuer';

let key: IssuerKey;
let keys: IssuerKey[];
beforeAll(async () => {
  keys = await newIssuerKeys();
  [key] = keys as [IssuerKey];
});

const path = join(temporaryFolder('jwks'), 'keys.json');
const write = (...jwks: object[]) => writeFileSync(path, JSON.stringify({ keys: jwks }));
const open = (logger = silentLogger) => {
  const source = { kind: 'file', path } as const;
  const settings = { keys: source, issuer: 'issuer', audience: 'points', accountClaim: null };
  return TokenVerifier.open(settings, logger);
};

test.each<[string, () => object[]]>([
  ['no keys', () => []],
  ['only keys for encryption', () => [{ ...key.publicJwk, use: 'enc' }]],
  ['only keys for other algorithms', () => [{ ...key.publicJwk, alg: 'ES384', crv: 'P-384' }]],
  ['only keys for other operations', () => [{ ...key.publicJwk, key_ops: ['encrypt'] }]],
  ['only keys of no kind', () => [{}]],
])(
  'a file of keys with %s is refused at the start: no token could ever be valid',
  async (_which, jwks) => {
    write(...jwks());
    await expect(open()).rejects.toMatchObject({
      name: 'OperatorError',
      message: expect.stringMatching(
        /^The keys of the issuer in .*keys\.json cannot be used: .*, so no token could ever be valid; it must have the public keys of the issuer\.$/,
      ),
    });
  },
);

test('a file of keys with a private or secret part is refused at the start, and the part is not repeated', async () => {
  const k = Buffer.from('secret of the issuer').toString('base64url');
  const secrets: object[] = [...keys.map(({ jwk }) => jwk), { kty: 'oct', k, kid: 'six' }];
  for (const secret of secrets) {
    write(key.publicJwk, secret);
    const { message } = await open().then(
      () => new Error('accepted'),
      (error: Error) => error,
    );
    expect(message).toMatch(
      /: its key "\w+" has a private part \("[dk]"\), .*; it must have only the public parts of keys\.$/,
    );
    for (const part of ['d', 'k', 'p']) {
      const value = (secret as Record<string, string>)[part];
      if (value !== undefined) expect(message).not.toContain(value);
    }
  }
});

test('a file of keys that becomes empty withdraws all keys, and the log says so once', async () => {
  write(key.publicJwk);
  const { lines, logger } = recordingLogger();
  const tokens = await open(logger);
  const exp = Math.floor(Date.now() / 1_000) + 600;
  const token = await signed(key, { iss: 'issuer', aud: 'points', sub: 'member', exp });
  const outcome = () =>
    tokens.authenticate(token).then(
      () => 'accepted',
      (error) => error.code,
    );
  expect(await outcome()).toBe('accepted');
  write();
  while ((await outcome()) === 'accepted') await pause(100);
  // Longer than a file is relied on: it is read once more.
  const begun = performance.now();
  while (performance.now() - begun < 4_000) {
    expect(await outcome()).toBe('UNAUTHENTICATED');
    await pause(100);
  }
  expect(lines).toMatchObject([
    { level: 'warn', fields: { reason: expect.stringMatching(/^it has no keys, so no token/) } },
  ]);
});
