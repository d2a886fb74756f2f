import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyHashOf } from '../../src/auth/keys/key-text';
import { temporaryFolder } from '../support/temporary-folder';
import { points } from './points';

const folder = temporaryFolder('keys');
const database = `file:${join(folder, 'ledger.db')}`;
const keys = (...words: string[]) => points(['keys', ...words, '--database', database]);

test('a key is printed alone on stdout, once, and is stored as a hash only', async () => {
  const ran = await keys(
    'create',
    '--name',
    'shop',
    '--scope',
    'points:read,points:write',
    '--prefix',
    'shop:',
    '--expires',
    '90d',
  );
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.out).toMatch(/^plk_[0-9A-Za-z]{57}\n$/);
  const text = ran.out.trim();
  expect(ran.errors).toContain('Created the key "shop", points:read,points:write, prefix "shop:"');
  const stored = readFileSync(join(folder, 'ledger.db.keys'), 'utf8');
  for (const place of [ran.errors, stored, (await keys('list')).out]) {
    expect(place).not.toContain(text.slice(12));
  }
  expect(stored).toContain(keyHashOf(text));
});

test('keys are listed in the order of creation with their state, and revoked by name', async () => {
  expect(
    await keys('create', '--name', 'app', '--scope', 'points:spend', '--account', 'm 1'),
  ).toMatchObject({ code: 0 });
  const revoked = await keys('revoke', 'app');
  expect(revoked).toMatchObject({ code: 0, out: '' });
  expect(revoked.errors).toMatch(/^Revoked the key "app"\. Servers refuse it within 10 seconds\./);
  const { out } = await keys('list');
  expect(out.split('\n')).toEqual([
    expect.stringMatching(/^active {2}"shop", .*, expires 2/),
    expect.stringMatching(/^revoked "app", points:spend, account "m 1", .*, never expires$/),
    '',
  ]);
  expect((await keys('revoke', 'app')).errors).toMatch(/There is no key "app" to revoke/);
  const [, app] = (await keys('list', '--json')).out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(app).toMatchObject({ name: 'app', state: 'revoked', account: 'm 1', prefix: null });
  expect(app).not.toHaveProperty('hash');
});

test.each([
  [['--name', 'shop', '--scope', 'points:read'], /There is or was a key "shop"/],
  [['--name', 'a\nb', '--scope', 'points:read'], /--name has a control character/],
  [
    ['--name', 'x', '--scope', 'points:read,root'],
    /--scope holds "root"; it must be one or several of points:read/,
  ],
  [
    ['--name', 'x', '--scope', 'points:write', '--account', 'm'],
    /points:write cannot be bound to one account/,
  ],
  [
    ['--name', 'x', '--scope', 'points:read', '--prefix', 'shop'],
    /--prefix ends in "p"; it must end in one of/,
  ],
  [
    ['--name', 'x', '--scope', 'points:read', '--expires', '90'],
    /--expires is "90"; it must be a number of days/,
  ],
  [['--name', 'x', '--scope', 'points:read', '--expires', '0d'], /--expires is "0d"/],
  [['--name', 'x', '--scope', 'points:read', '--expires', '36501d'], /and at most 36500d\./],
  [
    ['--name', 'x', '--scope', 'points:read', '--account', 'a', '--prefix', 'b:'],
    /cannot be used with/,
  ],
  [
    ['--name', 'x', '--scope', 'points:read', '--account', 'a', '--account', 'b'],
    /'--account <id>' argument 'b' is invalid. It was given before, with "a"\./,
  ],
  [
    ['--name', 'x', '--scope', 'points:read', '--prefix', 'a:', '--prefix', 'b:'],
    /'--prefix <text>' argument 'b:' is invalid. It was given before, with "a:"\./,
  ],
  [['--scope', 'points:read'], /required option '--name <name>' not specified/],
])('create %j is refused, and creates nothing', async (words, message) => {
  const ran = await keys('create', ...words);
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.errors).toMatch(message);
});

test('scopes that are given one by one are all kept', async () => {
  const words = ['--name', 'both', '--scope', 'points:read', '--scope', 'points:spend'];
  const { code, errors } = await keys('create', ...words);
  expect(code).toBe(0);
  expect(errors).toContain('Created the key "both", points:read,points:spend, created');
});

test('memory: has no keys', async () => {
  const ran = await points(['keys', 'list', '--database', 'memory:']);
  expect(ran).toMatchObject({ code: 2, out: '' });
});
