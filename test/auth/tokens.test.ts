import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Session } from '../../src/auth/session';
import { TokenVerifier } from '../../src/auth/tokens/token-verifier';
import { silentLogger } from '../../src/telemetry/logger';
import { temporaryFolder } from '../support/temporary-folder';
import { Issuer, type IssuerKey, newIssuerKey, newIssuerKeys, signed } from './issuer';

const audience = 'https://points.example.com/';
let key: IssuerKey;
let keys: IssuerKey[];
let issuer: Issuer;
beforeAll(async () => {
  keys = await newIssuerKeys();
  [key] = keys as [IssuerKey];
  issuer = await Issuer.start(keys);
});
afterAll(() => issuer.stop());

interface Given {
  readonly accountClaim?: string;
  readonly now?: () => number;
  readonly audience?: string;
}

function verifier(given: Given = {}): Promise<TokenVerifier> {
  const settings = {
    keys: { kind: 'url', url: issuer.jwksUrl },
    issuer: issuer.url,
    audience: given.audience ?? audience,
    accountClaim: given.accountClaim ?? null,
  } as const;
  return TokenVerifier.open(settings, silentLogger, given.now);
}

/** What is wrong with a token; `accepted` if nothing is. */
async function outcome(tokens: TokenVerifier, token: string): Promise<string> {
  return tokens.authenticate(token).then(
    () => 'accepted',
    (error) => error.code,
  );
}

const seconds = () => Math.floor(Date.now() / 1_000);
const claims = (more: object = {}) => ({
  iss: issuer.url,
  aud: audience,
  sub: 'member',
  exp: seconds() + 600,
  scope: 'points:read',
  ...more,
});

test.each(['ES256', 'RS256', 'PS256', 'EdDSA'])(
  'a token of the issuer, signed with %s, is accepted',
  async (alg) => {
    const resource = `${audience}?alg=${alg}`;
    const tokens = await verifier({ audience: resource });
    const session = await tokens.authenticate(
      await issuer.token(resource, 'points:read points:write'),
    );
    expect(session.principal).toEqual({
      name: 'shop',
      scopes: new Set(['points:read', 'points:write']),
      binding: null,
    });
    expect(session.refusal()).toBeNull();
  },
);

test('a token for another audience, and of another issuer, is refused', async () => {
  const tokens = await verifier();
  expect(
    await outcome(tokens, await issuer.token('https://other.example.com/', 'points:read')),
  ).toBe('UNAUTHENTICATED');
  expect(await outcome(tokens, await signed(key, claims()))).toBe('accepted');
  for (const wrong of [
    { iss: 'https://id.example.com' },
    { aud: undefined },
    { aud: 'points' },
    { iss: undefined },
  ]) {
    expect(await outcome(tokens, await signed(key, claims(wrong)))).toBe('UNAUTHENTICATED');
  }
  expect(await outcome(tokens, await signed(key, claims({ aud: ['x', audience] })))).toBe(
    'accepted',
  );
});

test('a real token expires, with a tolerance of 30 s, and its session ends when it expires', async () => {
  const token = await issuer.token(audience, 'points:read');
  const { exp } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
  let now = exp * 1_000 - 1;
  const tokens = await verifier({ now: () => now });
  const session: Session = await tokens.authenticate(token);
  expect(session.refusal()).toBeNull();
  now = exp * 1_000;
  expect(session.refusal()).toMatchObject({ code: 'UNAUTHENTICATED' });
  now = (exp + 29) * 1_000;
  const late = await tokens.authenticate(token);
  expect(late.refusal()).toBeNull();
  now = (exp + 30) * 1_000;
  expect(late.refusal()).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await outcome(tokens, token)).toBe('UNAUTHENTICATED');
});

test('a clock of the issuer that is up to 30 s ahead is accepted', async () => {
  const tokens = await verifier();
  expect(await outcome(tokens, await signed(key, claims({ nbf: seconds() + 25 })))).toBe(
    'accepted',
  );
  expect(await outcome(tokens, await signed(key, claims({ nbf: seconds() + 60 })))).toBe(
    'UNAUTHENTICATED',
  );
});

test('a token without exp, or with claims that are no token of this use, is refused', async () => {
  const tokens = await verifier();
  const wrong = [
    { exp: undefined },
    { sub: undefined },
    { sub: '' },
    { sub: 'a\nb' },
    { sub: 'x'.repeat(256) },
    { nonce: 'n' },
    { exp: 'soon' },
  ];
  for (const each of wrong) {
    expect([each, await outcome(tokens, await signed(key, claims(each)))]).toEqual([
      each,
      'UNAUTHENTICATED',
    ]);
  }
});

test.each([
  [undefined, 'accepted'],
  ['JWT', 'accepted'],
  ['at+jwt', 'accepted'],
  ['application/at+jwt', 'accepted'],
  ['AT+JWT', 'accepted'],
  ['id_token', 'UNAUTHENTICATED'],
  ['logout+jwt', 'UNAUTHENTICATED'],
  ['', 'UNAUTHENTICATED'],
  [null, 'UNAUTHENTICATED'],
  [7, 'UNAUTHENTICATED'],
  [['JWT'], 'UNAUTHENTICATED'],
])('a token of the type %s is %s', async (typ, expected) => {
  expect(await outcome(await verifier(), await signed(key, claims(), { typ }))).toBe(expected);
});

test('no signature, a shared secret, and a public key as the secret are refused', async () => {
  const tokens = await verifier();
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(claims())}.`;
  const real = await signed(key, claims());
  const secrets = [
    JSON.stringify(key.publicJwk),
    JSON.stringify({ keys: keys.map(({ publicJwk }) => publicJwk) }),
  ];
  const confused = await Promise.all(
    secrets.map((secret) => {
      const k = Buffer.from(secret).toString('base64url');
      const jwk = { kty: 'oct', k, alg: 'HS256', kid: 'one' };
      return signed({ jwk, publicJwk: jwk }, claims());
    }),
  );
  const stranger = await newIssuerKey('ES256', 'one');
  const other = await signed(keys[1]!, claims(), { kid: 'one' }).catch(() => 'x');
  const embedded = await signed(stranger, claims(), { jwk: stranger.publicJwk });
  const wrong = [
    unsigned,
    `${real.split('.').slice(0, 2).join('.')}.`,
    ...confused,
    other,
    await signed(stranger, claims()),
    embedded,
    `${real}x`,
    'x.y.z',
    '',
  ];
  for (const token of wrong)
    expect([token, await outcome(tokens, token)]).toEqual([token, 'UNAUTHENTICATED']);
});

test('scopes come from the claim `scope`, and unknown ones are ignored', async () => {
  const tokens = await verifier();
  const scopesOf = async (scope: unknown) => [
    ...(await tokens.authenticate(await signed(key, claims({ scope })))).principal!.scopes,
  ];
  expect(await scopesOf('openid points:spend points:root')).toEqual(['points:spend']);
  for (const none of [undefined, '', ['points:read'], 7]) expect(await scopesOf(none)).toEqual([]);
});

test('with an account claim, a token is bound to its account, or is FORBIDDEN', async () => {
  const tokens = await verifier({ accountClaim: 'account' });
  const member = await issuer.token(`${audience}`, 'points:read');
  expect(await outcome(tokens, member)).toBe('FORBIDDEN');
  const session = await tokens.authenticate(await signed(key, claims({ account: 'm:1' })));
  expect(session.principal?.binding).toEqual({ kind: 'account', id: 'm:1' });
  for (const account of [undefined, null, '', 7, ['m:1'], { id: 'm:1' }]) {
    expect(await outcome(tokens, await signed(key, claims({ account })))).toBe('FORBIDDEN');
    const admin = await tokens.authenticate(
      await signed(key, claims({ account, scope: 'points:admin' })),
    );
    expect(admin.principal?.binding).toBeNull();
  }
  const granting = claims({ account: 'm:1', scope: 'points:read points:write' });
  expect(await outcome(tokens, await signed(key, granting))).toBe('FORBIDDEN');
  const bound = await tokens.authenticate(
    await signed(key, claims({ account: 'm:1', scope: 'points:admin' })),
  );
  expect(bound.principal?.binding).toEqual({ kind: 'account', id: 'm:1' });
});

test('keys may be in a file, which is read again when it changes', async () => {
  const path = join(temporaryFolder('jwks'), 'keys.json');
  const write = (...each: IssuerKey[]) =>
    writeFileSync(path, JSON.stringify({ keys: each.map(({ publicJwk }) => publicJwk) }));
  const settings = {
    keys: { kind: 'file', path },
    issuer: issuer.url,
    audience,
    accountClaim: null,
  } as const;
  await expect(TokenVerifier.open(settings, silentLogger)).rejects.toThrow(
    /keys of the issuer in .* cannot be used/,
  );
  writeFileSync(path, '[]');
  await expect(TokenVerifier.open(settings, silentLogger)).rejects.toThrow(
    /not a JSON Web Key Set/,
  );
  write(key);
  const tokens = await TokenVerifier.open(settings, silentLogger);
  const later = await newIssuerKey('ES256', 'later');
  expect(await outcome(tokens, await signed(key, claims()))).toBe('accepted');
  write(later);
  while ((await outcome(tokens, await signed(later, claims()))) !== 'accepted')
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await outcome(tokens, await signed(key, claims()))).toBe('UNAUTHENTICATED');
});
