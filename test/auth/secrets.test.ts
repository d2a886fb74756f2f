import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newKeyText } from '../../src/auth/keys/key-text';
import { points } from '../cli/points';
import { until } from '../client/watch';
import { useClusterServers } from '../cluster/cluster-servers';
import { RawSocket } from '../http/streams/stream-client';
import { temporaryFolder } from '../support/temporary-folder';
import { newIssuerKey, signed } from './issuer';
import { bearer, post } from './protected-server';

const servers = useClusterServers();

/** A secret in each place where a client can put one. */
const planted = {
  key: newKeyText(),
  basic: 'planted-basic-password',
  query: 'planted-in-the-query-string',
  init: 'planted-in-connection-init',
  upgrade: 'planted-in-the-upgrade',
  cli: 'planted-in-the-environment',
};

test('secrets are in no log, response, export, stored file or error', async () => {
  const folder = temporaryFolder('secrets');
  const database = `file:${join(folder, 'ledger.db')}`;
  const made = await points([
    'keys',
    'create',
    '--name',
    'app',
    '--database',
    database,
    '--scope',
    'points:read,points:write,points:admin',
  ]);
  const valid = made.out.trim();
  const issuerKey = await newIssuerKey('ES256', 'one');
  writeFileSync(join(folder, 'jwks.json'), JSON.stringify({ keys: [issuerKey.publicJwk] }));
  const server = servers.start(database, {
    LOG_LEVEL: 'debug',
    AUTH_JWKS_FILE: join(folder, 'jwks.json'),
    AUTH_ISSUER: 'issuer',
    AUTH_AUDIENCE: 'points',
  });
  let out = '';
  server.process.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  const origin = await server.origin;
  const endpoint = `${origin}/graphql`;
  const claims = { iss: 'issuer', aud: 'points', sub: 'member', exp: Date.now() / 1_000 + 60 };
  const token = await signed(issuerKey, claims);
  const expired = await signed(issuerKey, { ...claims, exp: 1 });
  const add = `mutation { addTransaction(input: { payer: "P", points: 1, timestamp: "2020-01-01T00:00:00Z" }) { account { points } errors { code } } }`;

  const responses: unknown[] = [];
  for (const secret of [planted.key, valid, token, expired, `${valid}x`]) {
    for (const query of [add, '{ balances { points } }', '{ nonsense', 'subscription { x }']) {
      responses.push((await post({ endpoint }, secret, query)).body);
    }
  }
  const authorization = `Basic ${btoa(`user:${planted.basic}`)}`;
  responses.push((await post({ endpoint }, null, add, {}, { authorization })).body);
  const search = `?access_token=${planted.query}&query={__typename}`;
  for (const path of [`/graphql${search}`, `/nothing${search}`]) {
    responses.push(await (await fetch(origin + path, { headers: bearer(valid) })).text());
  }
  const raw = await RawSocket.open(endpoint, undefined, bearer(planted.upgrade));
  raw.send({ type: 'connection_init', payload: { Authorization: `Bearer ${planted.init}` } });
  await until(() => raw.closed !== null);
  responses.push(raw.messages, raw.closed);

  const env = { POINTS_TOKEN: planted.cli };
  const commands = [
    await points(['export', '--url', endpoint], { env }),
    await points(['export', '--database', database]),
    await points(['keys', 'list', '--json', '--database', database]),
    await points(['verify', '--database', database]),
  ];
  server.process.kill('SIGTERM');
  const { errors } = await server.ended;
  expect(out).toContain('"msg":"Responded"');
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
  const seen = [
    JSON.stringify(responses),
    out,
    errors,
    ...files,
    ...commands.flatMap((ran) => [ran.out, ran.errors]),
  ];
  expect(seen.join('')).toContain('"actor":"app"');
  const secrets = [...Object.values(planted), valid, token, expired, btoa(`user:${planted.basic}`)];
  for (const secret of secrets) {
    expect(seen.filter((text) => text.includes(secret))).toEqual([]);
    // Not even the part that is no id.
    expect(seen.filter((text) => text.includes(secret.slice(-20)))).toEqual([]);
  }
});
