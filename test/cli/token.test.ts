import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ProtectedServer, startProtected } from '../auth/protected-server';
import { temporaryFolder } from '../support/temporary-folder';
import { points } from './points';

const folder = temporaryFolder('token');
const csv = join(folder, 'rows.csv');
const rows = 'account_id,payer,points,timestamp\nshop:1,P,10,2020-01-01T00:00:00Z\n';
let server: ProtectedServer;
let key: string;
let file: string;
beforeAll(async () => {
  writeFileSync(csv, rows);
  server = await startProtected();
  key = await server.createKey('importer', {
    scopes: ['points:read', 'points:write', 'points:admin'],
  });
  file = join(folder, 'key');
  writeFileSync(file, `${key}\n`);
});
afterAll(() => server.stop());

test('without a key, an import says how to pass one, and an export too', async () => {
  const tried = [
    await points(['import', csv, '--url', server.endpoint, '--patience', '0']),
    await points(['export', '--url', server.endpoint]),
  ];
  for (const ran of tried) {
    expect(ran).toMatchObject({ code: 3 });
    expect(ran.errors).toMatch(
      /This server requires a key .* Pass it in a file, with --token-file/,
    );
  }
});

test('with a key in a file or in POINTS_TOKEN, they run, and print it nowhere', async () => {
  const imported = await points(['import', csv, '--url', server.endpoint, '--token-file', file]);
  const env = { POINTS_TOKEN: key };
  const exported = await points(['export', '--url', server.endpoint], { env });
  expect(imported).toMatchObject({ code: 0 });
  expect(exported).toMatchObject({ code: 0 });
  expect(exported.out).toContain('"accountId":"shop:1"');
  for (const { out, errors } of [imported, exported]) expect(out + errors).not.toContain(key);
});

test.each([
  [
    'a missing file',
    join(folder, 'none'),
    /--token-file .*none cannot be read: no such file or directory \(ENOENT\)/,
  ],
  ['an empty file', join(folder, 'empty'), /empty must hold one key or token/],
  ['a file with more than a key', join(folder, 'two'), /two must hold one key or token/],
])('%s is refused', async (_name, path, message) => {
  writeFileSync(join(folder, 'empty'), '\n');
  writeFileSync(join(folder, 'two'), 'secret-one secret-two');
  const ran = await points(['export', '--url', server.endpoint, '--token-file', path]);
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.errors).toMatch(message);
  expect(ran.errors).not.toContain('secret-one');
});
