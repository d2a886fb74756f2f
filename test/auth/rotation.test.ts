import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TokenVerifier } from '../../src/auth/tokens/token-verifier';
import { silentLogger } from '../../src/telemetry/logger';
import { until } from '../client/watch';
import { RawSocket } from '../http/streams/stream-client';
import { Issuer, newIssuerKey, signed } from './issuer';
import { bearer, eventually, post, startProtected } from './protected-server';

const audience = 'https://points.example.com/';
/** What a test that fails must not leave running. */
const running: { stop(): Promise<void> }[] = [];
afterEach(() => Promise.all(running.splice(0).map((each) => each.stop())));
function stopping<Started extends { stop(): Promise<void> }>(started: Started): Started {
  running.push(started);
  return started;
}

const startWith = async (settings: Record<string, string>) =>
  stopping(await startProtected(settings));
const read = '{ balances { points } }';

test('tokens of a new key are accepted when the issuer has rotated its keys, and old ones while it is away', async () => {
  const [first, second] = [
    await newIssuerKey('ES256', 'first'),
    await newIssuerKey('ES256', 'second'),
  ];
  let issuer = stopping(await Issuer.start([first]));
  const { port, url } = issuer;
  const server = await startWith({
    AUTH_JWKS_URL: issuer.jwksUrl,
    AUTH_ISSUER: url,
    AUTH_AUDIENCE: audience,
  });
  const statusWith = async (token: string | null) => (await post(server, token, read)).status;
  const old = await issuer.token(audience, 'points:read');
  expect([await statusWith(old), await statusWith(null)]).toEqual([200, 401]);
  // Keys work beside tokens.
  expect(await statusWith(await server.createKey('app'))).toBe(200);
  await issuer.stop();
  expect(await statusWith(old)).toBe(200);
  issuer = stopping(await Issuer.start([second, first], { port }));
  const token = await issuer.token(audience, 'points:read');
  await eventually(async () => (await statusWith(token)) === 200);
  expect(await statusWith(old)).toBe(200);
});

test('a subscription ends when its token expires', async () => {
  const key = await newIssuerKey('ES256', 'first');
  const issuer = stopping(await Issuer.start([key]));
  const server = await startWith({
    AUTH_JWKS_URL: issuer.jwksUrl,
    AUTH_ISSUER: issuer.url,
    AUTH_AUDIENCE: audience,
  });
  const exp = Math.floor(Date.now() / 1_000) + 4;
  const token = await signed(key, {
    iss: issuer.url,
    aud: audience,
    sub: 'm',
    exp,
    scope: 'points:read',
  });
  const raw = await RawSocket.open(server.endpoint, undefined, bearer(token));
  raw.send({ type: 'connection_init' });
  await until(() => raw.messages.length === 1);
  raw.subscribe('1');
  await until(() => raw.messages.length === 2);
  expect(raw.messages[1]).toMatchObject({
    type: 'error',
    payload: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  });
  expect(Date.now()).toBeGreaterThanOrEqual(exp * 1_000);
  raw.socket.close();
});

/** An issuer whose response is the test's. */
async function fakeIssuer(
  respond: () => string,
): Promise<{ server: Server; url: string; requests: () => number }> {
  let count = 0;
  const server = createServer((_request, response) => {
    count += 1;
    response.end(respond());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}/`, requests: () => count };
}

test('unknown keys cause at most one read a second, and oversized sets are not used', async () => {
  const [known, unknown] = [
    await newIssuerKey('ES256', 'known'),
    await newIssuerKey('ES256', 'unknown'),
  ];
  let body = JSON.stringify({ keys: [known.publicJwk] });
  const { server, url, requests } = await fakeIssuer(() => body);
  const settings = {
    keys: { kind: 'url', url },
    issuer: 'i',
    audience,
    accountClaim: null,
  } as const;
  const tokens = await TokenVerifier.open(settings, silentLogger);
  const claims = { iss: 'i', aud: audience, sub: 'm', exp: Date.now() / 1_000 + 60 };
  const begun = Date.now();
  body = JSON.stringify({ keys: Array(101).fill(unknown.publicJwk) });
  for (let time = 0; time < 50; time += 1) {
    await expect(tokens.authenticate(await signed(unknown, claims))).rejects.toThrow(
      /not accepted/,
    );
  }
  expect(requests()).toBeLessThanOrEqual(2 + (Date.now() - begun) / 1_000);
  expect((await tokens.authenticate(await signed(known, claims))).principal?.name).toBe('m');
  server.close();
});

test('while the keys were never read, tokens get SERVICE_UNAVAILABLE', async () => {
  const settings = {
    keys: { kind: 'url', url: 'http://127.0.0.1:1/jwks' },
    issuer: 'i',
    audience,
    accountClaim: null,
  } as const;
  const tokens = await TokenVerifier.open(settings, silentLogger);
  await expect(tokens.authenticate('x.y.z')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
});
